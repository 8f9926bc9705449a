internal import Glibc
internal import Processes

/// Where the programs and the broker's configuration are.
struct Programs: Sendable {
    let agent: String
    /// The fleet agent beside it.
    let fleet: String
    /// The backend beside it.
    let backend: String
    let reference: String
    let brokerConfiguration: String

    /// - Parameter agent: the agent to measure; nil: the one in `.build-static`, as it is installed.
    init(agent: String?) throws {
        let checkout = try Checkout()
        reference = checkout.programs + "/footlight-reference"
        // The others are beside it, whichever folder it was named from.
        let named = agent.flatMap { realpath($0, nil) }.map { String(cString: $0) } ?? agent
        self.agent = named ?? checkout.root + "/.build-static/release/footlight-agent"
        fleet = Checkout.parent(of: self.agent) + "/footlight-fleet"
        backend = Checkout.parent(of: self.agent) + "/footlight-backend"
        brokerConfiguration = checkout.root + "/broker-config/footlight-local.conf"
        for path in [self.agent, fleet, backend, reference, brokerConfiguration] where access(path, R_OK) != 0 {
            throw BenchFailure("there is no \(path); `make bench` builds what is needed")
        }
    }
}
