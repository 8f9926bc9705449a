public import Processes

/// A private broker, run with the configuration of `broker-config/` in this repository.
public typealias TestBroker = LocalBroker

/// The error that helpers of tests throw.
public typealias TestFailure = ProcessFailure

extension LocalBroker {
    /// Starts a broker and waits until it takes connections. `extra`: further lines of configuration.
    public convenience init(extra: String = "") throws {
        try self.init(configuration: Self.sharedConfiguration, extra: extra)
    }

    /// Runs a test with a broker that is surely ended.
    public static func with<Result: Sendable>(
        extra: String = "", isolation: isolated (any Actor)? = #isolation, _ body: (LocalBroker) async throws -> Result
    ) async throws -> Result {
        let broker = try await onThread { try LocalBroker(extra: extra) }
        defer { broker.signal(9) }
        return try await body(broker)
    }

    private static var sharedConfiguration: String {
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/broker-config/footlight-local.conf"
    }
}
