internal import HTTPTypes
internal import Hummingbird
internal import Mesh

/// A request that the server answers: what it is, who may ask, and what with.
struct Endpoint: Sendable {
    /// Who may ask.
    enum Access: Sendable, Hashable {
        /// Anybody.
        case anybody
        /// Who has a token of this scope.
        case token(Credential.Scope)
    }

    let method: HTTPRequest.Method
    /// With its parameters in braces: `/v1/sites/{site}/nodes`.
    let path: String
    let summary: String
    let access: Access
    var parameters: [Parameter] = []
    /// Whether it is for browsers: who isn't logged in is led there, and what is wrong is told by a page.
    var isPage = false
    /// What body it takes; nil: none.
    var body: Body?
    let answers: Answers
    let answer: @Sendable (Call) async throws(Refusal) -> Response

    /// Whether a request's path is this one's.
    func matches(_ path: String) -> Bool {
        let (mine, other) = (Endpoint.parts(self.path), Endpoint.parts(path))
        return mine.count == other.count && zip(mine, other).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

    /// A parameter in the path or the query.
    struct Parameter: Sendable {
        let name: String
        let kind: Kind
        let meaning: String
        var isInPath = false

        init(_ name: String, _ kind: Kind, _ meaning: String, inPath: Bool = false) {
            self.name = name
            self.kind = kind
            self.meaning = meaning
            isInPath = inPath
        }
    }

    /// What a parameter may be.
    enum Kind: Sendable {
        /// A name of a site, a zone or a node.
        case name
        /// Nanoseconds since 1970.
        case instant
        /// A whole number.
        case count(ClosedRange<Int64>)
        /// What a page before said.
        case cursor([RowCursor.Part])
        /// The cursor of ``RecordQuery``.
        case recordCursor
        /// One of these.
        case word([String])
        /// A time zone's IANA name.
        case timeZone
        /// The address of a page of ours.
        case page
    }
}

/// A request with its parameters, which were looked at.
struct Call: Sendable {
    let request: Request
    /// Whose records may be read or handed over; ``Credential/everySite``: everybody's.
    var site = ""
    private var texts: [String: String] = [:]

    /// - Throws: ``Refusal`` for parameters that there aren't, or that can't be.
    init(_ request: Request, _ endpoint: Endpoint, path: Parameters) throws(Refusal) {
        self.request = request
        let query = request.uri.queryParameters
        for (key, _) in query where !endpoint.parameters.contains(where: { $0.name == key && !$0.isInPath }) {
            let known = endpoint.parameters.filter { !$0.isInPath }.map(\.name)
            throw Refusal(
                400,
                "\(key.prefix(80)): there is no such parameter here; there "
                    + (known.isEmpty ? "is none" : "are \(known.joined(separator: ", "))"))
        }
        for parameter in endpoint.parameters {
            let name = Substring(parameter.name)
            guard let text = parameter.isInPath ? path[name] : query[name] else { continue }
            // A form sends what wasn't chosen too.
            if text.isEmpty, endpoint.isPage { continue }
            try parameter.check(String(text))
            texts[parameter.name] = String(text)
        }
    }

    /// A parameter's text.
    func text(_ name: String) -> String? { texts[name] }

    /// A parameter's number.
    func number(_ name: String) -> Int64? { texts[name].flatMap { Int64($0) } }
}

extension Endpoint.Parameter {
    func check(_ text: String) throws(Refusal) {
        switch kind {
        case .name:
            guard !Name.isValid(text) else { return }
            throw Refusal(400, "\(name): is not \(Name.rule)")
        case .instant:
            guard Int64(text).map({ $0 < 0 }) ?? true else { return }
            throw Refusal(
                400,
                "\(name): is no whole number of 0 to \(Int64.max): nanoseconds since 1970 are wanted")
        case .count(let range):
            guard Int64(text).map({ !range.contains($0) }) ?? true else { return }
            throw Refusal(400, "\(name): is no whole number of \(range.lowerBound) to \(range.upperBound)")
        case .cursor(let parts):
            guard RowCursor(text, parts) == nil else { return }
            throw Refusal(400, "\(name): is not what a page before said in its header Footlight-Next")
        case .recordCursor:
            guard RecordQuery.Cursor(text: text) == nil else { return }
            throw Refusal(400, "\(name): is not what a page before said in its header Footlight-Next")
        case .word(let words):
            guard !words.contains(text) else { return }
            throw Refusal(400, "\(name): is none of \(words.joined(separator: ", "))")
        case .timeZone:
            guard !ZoneClock.isKnown(text) else { return }
            throw Refusal(400, "\(name): is the name of no time zone that this machine knows: Europe/Rome, say")
        case .page:
            guard !Endpoint.Kind.isPage(text) else { return }
            throw Refusal(400, "\(name): is not the address of one of these pages")
        }
    }
}
