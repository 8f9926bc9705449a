import Glibc
import MQTT
import Processes
import TestSupport
import Testing

@Suite("footlight-fleet over HTTP", .serialized) struct FleetMetricsEndToEndTests {
    /// An answer to a GET, head and body.
    private static func get(_ path: String, port: UInt16) async throws -> String {
        let script =
            "exec 3<>/dev/tcp/127.0.0.1/\(port) && "
            + "printf 'GET \(path) HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' >&3 && cat <&3"
        let child = try ChildProcess("/bin/bash", ["-c", script])
        try await child.end()
        return child.output
    }

    /// What promtool says of metrics; nil where there is none and needn't be.
    private static func promtool(_ metrics: String) async throws -> String? {
        let folder = try TemporaryFolder("metrics")
        let file = try folder.write(metrics, to: "metrics.txt")
        let child = try ChildProcess(
            "/bin/sh", ["-c", "command -v promtool >/dev/null || exit 127; exec promtool check metrics <\"$0\"", file])
        switch try await child.end() {
        case .exit(0): return ""
        case .exit(127) where getenv("CI") == nil: return nil
        default: return child.output + "failed"
        }
    }

    @Test func `tells of the fleet as Prometheus wants it, and of its own health`() async throws {
        let port = try FreePort.next()
        var plan = FleetPlan()
        plan.bars = 2
        plan.spares = []
        plan.agents = ["fleet-a"]
        plan.furtherLines["fleet-a"] = "http: {listen: 127.0.0.1:\(port)}"
        try await FleetSite.with(plan) { site in
            try await eventually(within: .seconds(10), "all pass") {
                try await Self.get("/health", port: port).contains(#""status":"pass""#)
            }
            let health = try await Self.get("/health", port: port)
            #expect(health.hasPrefix("HTTP/1.1 200 OK") && health.contains("application/health+json"))
            let metrics = try await Self.get("/metrics", port: port)
            #expect(metrics.contains("text/plain; version=0.0.4"))
            for line in [
                "footlight_fleet_agent_leads{site=\"home\"} 1",
                "footlight_group_healthy_nodes{site=\"home\",zone=\"stairs\"} 2",
                "footlight_node_healthy{site=\"home\",node=\"stair-02\"} 1",
                "footlight_node_lifecycle_state{site=\"home\",node=\"stair-01\",state=\"InService\"} 1",
            ] {
                #expect(metrics.contains("\n\(line)\r\n") || metrics.contains("\n\(line)\n"), "\(line)")
            }
            let body = metrics.components(after: "\r\n\r\n")
            if let complaint = try await Self.promtool(body) { #expect(complaint.isEmpty, "\(complaint)") }
            #expect(try await Self.get("/", port: port).hasPrefix("HTTP/1.1 404"))

            try site.process("stair-02").signal(SIGKILL)
            try await eventually(within: .seconds(20), "the loss is counted") {
                try await Self.get("/metrics", port: port)
                    .contains("footlight_node_unhealthy{site=\"home\",node=\"stair-02\"} 1")
            }
            #expect(try await Self.get("/health", port: port).contains(#""status":"warn""#))
            // Without a broker it can judge nobody.
            site.broker.signal(SIGKILL)
            try await eventually(within: .seconds(10), "it fails") {
                let answer = try await Self.get("/health", port: port)
                return answer.hasPrefix("HTTP/1.1 503") && answer.contains(#""output":"no broker""#)
            }
            #expect(
                try await Self.get("/metrics", port: port).contains("footlight_fleet_broker_connected{site=\"home\"} 0")
            )
        }
    }

    @Test func `an address that is taken is said, and nodes are looked after all the same`() async throws {
        var plan = FleetPlan()
        plan.bars = 1
        plan.spares = []
        plan.agents = ["fleet-a"]
        try await TestBroker.with { other in
            var taken = plan
            taken.furtherLines["fleet-a"] = "http: {listen: 127.0.0.1:\(other.port)}"
            try await FleetSite.with(taken) { site in
                let story = try site.process("fleet-a").output
                #expect(story.contains("http.listen 127.0.0.1:\(other.port):") && story.contains("name another"))
            }
        }
    }
}

extension String {
    /// What follows the first occurrence of a mark.
    fileprivate func components(after mark: String) -> String {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasPrefix(mark) { rest = rest.dropFirst() }
        return String(rest.dropFirst(mark.count))
    }
}
