/// Why a request was refused, and what to do: the body of every answer but a good one.
struct Refusal: Error, Encodable, Hashable {
    /// A record that can't be taken as it is, however often it is sent.
    struct Line: Encodable, Hashable {
        /// Its line, counted from 1.
        var line: Int
        /// The field and what is the matter with it.
        var reason: String
    }

    private enum CodingKeys: String, CodingKey { case error, refused }

    /// The HTTP status.
    var status: Int
    /// What was found, what is allowed, and what to do.
    var error: String
    /// The records that can't be taken: the first hundred. None of the request's was.
    var refused: [Line]?
    /// After how many seconds to try again; nil: that won't help.
    var retryAfter: Int?

    init(_ status: Int, _ error: String, refused: [Line]? = nil, retryAfter: Int? = nil) {
        self.status = status
        self.error = error
        self.refused = refused
        self.retryAfter = retryAfter
    }
}
