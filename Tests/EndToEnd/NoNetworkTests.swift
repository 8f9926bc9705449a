import Glibc
import Processes
import TestSupport
import Testing

@Suite("An agent whose network is off", .enabled(if: TracedProcess.isPossible, "needs strace"))
struct NoNetworkTests {
    @Test
    func `opens no socket from its start to its end, and lights its bar by its own sensor`() async throws {
        let folder = try TemporaryFolder("no-network")
        try folder.write(
            "site: home\nzones: {room: {bars: [lone], sensors: {lone/pir: first}, hold: 5s}}\n", to: "site.yaml")
        let file = try folder.write(
            """
            site: home
            node: lone
            network: off
            siteFile: \(folder.path)/site.yaml
            state: \(folder.path)
            wire: {chip: no-such-chip, line: 0}
            bars: [{name: bar, channels: white, output: {driver: trace, path: \(folder.path)/bar.jsonl}}]
            sensors: [{name: pir, input: simulated}]

            """, to: "lone.yaml")
        // What an agent with a network does is seen, so that nothing seen means nothing done.
        for (network, isSeen) in [(true, true), (false, false)] {
            let calls = "calls-\(network)"
            let config =
                network
                ? try folder.write(
                    "site: home\nnode: other\nbrokers: [mqtt://127.0.0.1:1]\nsensors: [{name: pir, input: simulated}]\n",
                    to: "other.yaml") : file
            let agent = try TracedProcess("footlight-agent", ["--config", config], calls: calls, in: folder)
            try await agent.awaitLoop()
            if network {
                try await eventually(within: .seconds(20), "it looks for its broker") {
                    try agent.calls().contains("socket(")
                }
            } else {
                try await eventually(within: .seconds(20), "its bar is dark") {
                    try !folder.contents(of: "bar.jsonl").isEmpty
                }
                try await onThread {
                    try agent.process.waitForOutput("no-such-chip can't be had", within: .seconds(20))
                }
                agent.signal(SIGUSR1)
                try await eventually(within: .seconds(60), "its bar is lit") {
                    String(decoding: try folder.contents(of: "bar.jsonl"), as: UTF8.self).contains("\"lightness\":1.0")
                }
            }
            agent.signal(SIGTERM)
            _ = try await agent.process.end(within: .seconds(20))
            let all = try agent.calls()
            #expect(all.contains("socket") == isSeen, "\(all)")
        }
    }
}
