/// PostgreSQL refused, or is gone.
struct PostgresError: Error, Sendable {
    /// SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html; empty where the connection failed.
    var state: String
    /// What it says.
    var message: String

    /// Whether another server, or the same later, may take it: the connection is gone, the server stops, starts or has
    /// become a standby.
    var isOfConnection: Bool {
        state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006"
    }
    /// Whether there is a record of that key already.
    var isDuplicate: Bool { state == "23505" }
    /// Whether there is no partition for a record's instant.
    var hasNoPartition: Bool { state == "23514" }
    /// Whether what was asked for can't be done with the data as they are, however often it is asked.
    var isOfData: Bool { state.hasPrefix("21") || state.hasPrefix("22") || state.hasPrefix("23") }
    /// Whether it was only at the wrong moment.
    var isOfMoment: Bool { ["40001", "40P01", "55P03", "57014"].contains(state) }
}

extension StoreError {
    init(_ error: PostgresError) {
        let text = error.message.split(separator: "\n").first.map(String.init) ?? "no answer"
        switch error.state {
        case _ where error.isOfConnection || error.isOfMoment || error.state.hasPrefix("53"):
            self.init(
                error.state == "53100" ? .full : .unavailable,
                "PostgreSQL: \(text)" + (error.state == "53100" ? ": make room on its disk" : ""))
        case "42501":
            self.init(
                .notAllowed,
                "PostgreSQL: \(text): as the tables' owner, run footlight-backend migrate --grant ROLE for this role")
        case "42P01", "3F000":
            self.init(.wrongVersion, "PostgreSQL: \(text): run footlight-backend migrate as the tables' owner")
        default: self.init(.failed, "PostgreSQL: \(text) (\(error.state))")
        }
    }
}
