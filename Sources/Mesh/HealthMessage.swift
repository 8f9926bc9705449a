internal import Lighting

/// A node's report on itself.
public struct HealthMessage: Payload, Hashable {
    /// One check.
    public struct Check: Codable, Sendable, Hashable {
        /// The name of what was checked, a ``HealthCheck``, with the part that it is of: `frames`, `bar/left`.
        public var check: String
        /// True if what was checked is well.
        public var healthy: Bool
        /// The figure.
        public var value: Double
        /// The unit of the figure, or the word for what it counts.
        public var unit: String
        /// A remark on what is the matter, or worth knowing.
        public var detail: String?

        /// A check.
        ///
        /// - Parameter part: The part of the node that it is of, for a kind that is of one.
        public init(
            _ check: HealthCheck, of part: String = "", healthy: Bool, value: Double, detail: String? = nil
        ) {
            self.check = check.rawValue + part
            self.healthy = healthy
            self.value = value
            unit = check.unit
            self.detail = detail
        }
    }

    /// Returns the check of a kind; nil: there is none.
    public func check(_ kind: HealthCheck) -> Check? { checks.first(kind) }

    /// Returns the checks of a kind that is of parts, by the part.
    public func checks(_ kind: HealthCheck) -> [(part: String, check: Check)] {
        checks.compactMap { check in kind.part(of: check.check).map { (String($0), check) } }
    }

    /// The instant of the report, nanoseconds of mesh time.
    public var at: Int64
    /// The time for which the agent has run, in seconds.
    public var uptimeSeconds: Double
    /// The checks.
    @KnownOnly public var checks: [Check]

    /// A report.
    public init(at: Int64, uptimeSeconds: Double, checks: [Check]) {
        self.at = at
        self.uptimeSeconds = uptimeSeconds
        self.checks = checks
    }

    /// How many checks a report may have.
    private static let maximumChecks = 500

    /// - Throws: ``MessageError`` for more checks than 500, or an instant before 1970 or after 2100.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        guard checks.count <= HealthMessage.maximumChecks else {
            throw MessageError(.outOfRange, field: "checks", reason: "\(checks.count) are too many")
        }
        guard (0...MeshInstant.distantFuture.nanoseconds).contains(at) else {
            throw MessageError(.outOfRange, field: "at", reason: "is no instant between 1970 and 2100")
        }
    }
}

extension [HealthMessage.Check] {
    /// Returns the check of a kind; nil: there is none.
    public func first(_ kind: HealthCheck) -> HealthMessage.Check? { first { $0.check == kind.rawValue } }
}
