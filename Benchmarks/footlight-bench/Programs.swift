internal import Glibc

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
        guard let own = realpath("/proc/self/exe", nil) else { throw BenchFailure("/proc is not mounted") }
        defer { free(own) }
        let folder = Programs.parent(of: String(cString: own))
        reference = folder + "/footlight-reference"
        var root = folder
        while root != "/", access(root + "/Package.swift", R_OK) != 0 { root = Programs.parent(of: root) }
        self.agent = agent ?? root + "/.build-static/release/footlight-agent"
        fleet = Programs.parent(of: self.agent) + "/footlight-fleet"
        backend = Programs.parent(of: self.agent) + "/footlight-backend"
        brokerConfiguration = root + "/broker-config/footlight-local.conf"
        for path in [self.agent, fleet, backend, reference, brokerConfiguration] where access(path, R_OK) != 0 {
            throw BenchFailure("there is no \(path); `make bench` builds what is needed")
        }
    }

    private static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
