import Fleet
import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// JSON at and beyond the bound of nesting, to every process that reads any, on every topic that one reads.
@Suite struct DeepMessageTests {
    private static let sensor = "zigbee2mqtt/hall-pir"

    /// Each topic of a site, of a name that somebody reads.
    private static var topics: [String] {
        let mesh: [Topic] = [
            .status(node: "landing"), .status(node: "stair-01"), .status(node: "stranger"), .health(node: "landing"),
            .delivery(node: "landing"), .sensor(node: "landing", sensor: "top"),
            .sensor(node: "stair-01", sensor: "bottom"), .light(node: "landing", light: "sky"),
            .bar(node: "stair-01", bar: "bar"), .action(node: "stair-01"), .action(node: "landing"),
            .result(node: "stair-01"), .siteConfiguration, .zoneConfiguration(zone: "stairs"),
            .zoneConfiguration(zone: "hall"), .nodeConfiguration(node: "stair-01"), .set(zone: "stairs"),
            .override(zone: "stairs"), .state(zone: "stairs"), .zoneResult(zone: "stairs"),
            .records(node: "stair-01"), .recorded(node: "stair-01"), .collector,
        ]
        let fleet: [FleetTopic] = [
            .node("stair-01"), .group(zone: "stairs"), .activity, .agent("fleet-a"), .agent("fleet-b"), .command,
            .result,
        ]
        let clock: [ClockTopic] = [
            .request(from: "landing", to: "stair-01"), .reply(from: "landing", to: "stair-01"),
            .request(from: "stair-01", to: "landing"), .reply(from: "stair-01", to: "landing"),
            .civil(from: "landing"), .civil(from: "stair-01"),
        ]
        return mesh.map { $0.name(site: "home") } + fleet.map { $0.name(site: "home") }
            + clock.map { $0.name(site: "home") } + [sensor]
    }

    /// Payloads of so many levels: lists; objects; a field that says something, beside one that is deep.
    private static func payloads(levels: Int) -> [[UInt8]] {
        func nested(_ opening: String, _ closing: String, _ count: Int) -> String {
            String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
        }
        return [
            nested("[", "]", levels), nested(#"{"a":"#, "}", levels),
            #"{"occupancy":false,"action":"none","id":"deep","other":\#(nested("[", "]", levels - 1))}"#,
        ].map { Array($0.utf8) }
    }

    @Test(arguments: [false, true])
    func `every process takes 32 levels, refuses more and says so, and goes on, retained or not`(
        retained: Bool
    ) async throws {
        try await Staircase.with(StaircasePlan(bars: 1, bottom: StaircasePlan.pir("hall-pir"))) { stairs in
            let file = "site: home\nid: fleet-a\nbrokers: [\"\(stairs.broker.address)\"]\n"
            let path = try stairs.folder.write(file, to: "fleet.yaml")
            func startFleet() throws -> ChildProcess {
                try ChildProcess(try Programs.path("footlight-fleet"), ["--config", path])
            }
            func footlight(_ arguments: [String]) throws -> ChildProcess {
                try ChildProcess(try Programs.path("footlight"), arguments, environment: stairs.environment)
            }
            var fleet = try startFleet()
            let watching = try [["watch"], ["health", "--watch"], ["sync", "--watch"]].map { try footlight($0) }
            defer { for process in [fleet] + watching { process.signal(SIGKILL) } }
            try await onThread { [fleet] in try fleet.waitForOutput("connected to", within: .seconds(20)) }
            for process in watching {
                try await onThread { try process.waitForOutput("stairs", within: .seconds(20)) }
            }

            func publish(_ levels: Int) async throws {
                for payload in Self.payloads(levels: levels) {
                    for topic in Self.topics {
                        try await stairs.client.publish(
                            MQTTMessage(topic: topic, payload: payload, retain: retained))
                    }
                }
            }
            // Each process has read all that came before an answer to what came after.
            func awaitAnswers() async throws {
                #expect(try await stairs.act(ActionMessage(action: "none", id: ""), on: "stair-01").done == false)
                #expect(try await stairs.act(ActionMessage(action: "none", id: ""), on: "landing").done == false)
            }
            let told = "nests deeper than 32 levels at byte "
            // The log takes ten lines in ten seconds: what is beyond the bound comes first.
            try await publish(33)
            try await publish(40)
            try await awaitAnswers()
            let health = try await stairs.reportOnMessages()
            #expect(!health.healthy && health.detail?.contains(told) == true, "\(health)")
            try await publish(32)
            try await awaitAnswers()
            for node in stairs.plan.nodes {
                let agent = try stairs.agent(node)
                try await onThread { try agent.waitForOutput(told, within: .seconds(10)) }
                #expect(agent.ending == nil)
            }
            try await onThread { [fleet] in try fleet.waitForOutput(told, within: .seconds(10)) }
            #expect(fleet.ending == nil)
            for process in watching { #expect(process.ending == nil, "\(process.output.suffix(500))") }

            // Who begins anew reads whatever was kept.
            if retained { try await publish(33) }
            for node in stairs.plan.nodes { try stairs.start(node) }
            fleet.signal(SIGKILL)
            fleet = try startFleet()
            try await stairs.waitUntilOnline()
            try await onThread { [fleet] in try fleet.waitForOutput("connected to", within: .seconds(20)) }
            let seen = try await stairs.footlight("get").succeeded()
            #expect(seen.output.contains(told) == retained, "\(seen.output)")
            for arguments in [
                ["get", "bars"], ["get", "--json"], ["sync"], ["fleet", "describe"], ["fleet", "activities"],
                ["health"],
            ] {
                let result = try await CommandResult.footlight(arguments, environment: stairs.environment)
                #expect(result.code == 0 || result.code == 1 || result.code == 69, "\(result)")
            }
            for node in stairs.plan.nodes { #expect(try stairs.agent(node).ending == nil) }
            #expect(fleet.ending == nil)
        }
    }
}
