import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// Messages that nobody should send, to agents at work (issue 2: 5 and 6).
@Suite struct HostileTests {
    /// Payloads that are no message on any topic.
    private static let rubbish: [[UInt8]] = [
        Array("{".utf8), Array("[]".utf8), Array("500".utf8), Array("null".utf8), Array("NaN".utf8),
        [0xff, 0xfe, 0x00],
        Array(#""\ud800""#.utf8), [UInt8](repeating: 0, count: 1000),
        Array(String(repeating: "[", count: 40).utf8),
        Array((String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40)).utf8),
        Array("[\(String(repeating: "1,", count: 65_000))1]".utf8),
    ]

    /// A wrongly typed message for each topic that an agent listens to, and the field that is wrong in it.
    private static let wrong: [(topic: String, payload: String, field: String)] = [
        ("config/site", #"{"revision":1,"zones":"stairs"}"#, "zones"),
        ("config/site", #"{"revision":-1,"zones":[]}"#, "revision"),
        ("config/zone/stairs", #"{"bars":[7],"sensors":{}}"#, "bars.[0]"),
        ("config/zone/stairs", #"{"bars":["stair-01"],"sensors":{},"holdSeconds":1e308}"#, "holdSeconds"),
        ("config/node/stair-01", #"{"revision":1,"bars":7,"sensors":{}}"#, "bars"),
        ("node/stair-01/delivery", #"{"seconds":"soon","samples":1}"#, "seconds"),
        ("node/landing/status", #"{"state":5}"#, "state"), ("node/stair-01/status", #"{"state":7}"#, "state"),
        ("zone/stairs/set", #"{"state":"on","level":1e308}"#, "level"),
        ("zone/stairs/set", #"{"state":{}}"#, "state"),
        ("zone/stairs/override", #"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"off","start":-1}}"#, "zone.start"),
        (
            "zone/stairs/override",
            #"{"issued":4102444800000000000,"ids":[],"bars":{},"zone":{"mode":"off","start":1}}"#,
            "issued"
        ),
        ("node/landing/sensor/top", #"{"motion":"yes"}"#, "motion"),
        (
            "node/landing/sensor/top",
            #"{"motion":true,"lastEdge":4102444800000000000,"lastMotion":4102444800000000000,"zones":{}}"#, "lastMotion"
        ),
        ("node/stair-01/action", #"{"action":"trigger","id":""}"#, "id"),
        ("node/stair-01/action", #"{"action":"identify","id":"i","seconds":1e308}"#, "seconds"),
    ]

    @Test(arguments: [wrong.prefix(8), wrong.suffix(8)])
    func `what is refused changes nothing, and the log and the health report say what and where`(
        wrong: ArraySlice<(topic: String, payload: String, field: String)>
    ) async throws {
        try await Staircase.with(StaircasePlan(bars: 1, bottom: StaircasePlan.pir("hall-pir"))) { stairs in
            try await stairs.pir("hall-pir", true)
            let lit = try await stairs.framesAtRest(of: "stair-01", level: 0.6)
            let agent = try stairs.agent("stair-01")
            // The log takes ten lines in ten seconds.
            for (topic, payload, field) in wrong {
                try await stairs.publishBelowSite(topic, payload)
                let line = "refused footlight/home/\(topic): \(field): "
                try await onThread { try agent.waitForOutput(line, within: .seconds(10)) }
            }
            for payload in [#"{"occupancy":[]}"#, #"{"occupancy":"maybe"}"#] {
                try await stairs.client.publish(MQTTMessage(topic: "zigbee2mqtt/hall-pir", text: payload))
            }
            let line = #"refused zigbee2mqtt/hall-pir: occupancy: "maybe" is neither "true" nor "false""#
            try await onThread { try agent.waitForOutput(line, within: .seconds(10)) }
            for topic in Set(wrong.map(\.topic)).sorted() {
                for payload in Self.rubbish { try await stairs.publishBelowSite(topic, payload) }
            }
            for payload in Self.rubbish {
                try await stairs.client.publish(MQTTMessage(topic: "zigbee2mqtt/hall-pir", payload: payload))
            }
            let health = try await stairs.reportOnMessages()
            #expect(!health.healthy && Int(health.value) >= wrong.count + 2 + Self.rubbish.count)
            #expect(health.detail?.hasPrefix("refused zigbee2mqtt/hall-pir: ") == true, "\(health)")
            #expect(agent.output.contains("refused many messages"))
            #expect(agent.ending == nil)
            #expect(try stairs.frames(of: "stair-01") == lit)

            // And it goes on working.
            try await stairs.footlight("off", "stairs", "--ease", "0s").succeeded()
            try await stairs.frames(of: "stair-01", "dark") { $0.last?.isDark == true }
        }
    }

    @Test func `a message beyond the limit is refused, the broker's limit ends only its sender`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let agent = try stairs.agent("stair-01")
            for size in [131_072, 200_000] {
                let file = try stairs.folder.write(String(repeating: "x", count: size), to: "huge")
                let topic = "footlight/home/zone/stairs/set"
                let publisher = try ChildProcess(
                    "mosquitto_pub", ["-p", "\(stairs.broker.port)", "-q", "1", "-t", topic, "-f", file])
                _ = try await publisher.end()
                try await onThread {
                    try agent.waitForOutput(
                        size > 131_072
                            ? "refused \(topic): \(size) bytes are more than a message may have"
                            : "refused \(topic): \"xxx", within: .seconds(10))
                }
            }
            let file = try stairs.folder.write(String(repeating: "x", count: 300_000), to: "huge")
            let publisher = try ChildProcess(
                "mosquitto_pub",
                ["-p", "\(stairs.broker.port)", "-q", "1", "-t", "footlight/home/zone/stairs/set", "-f", file])
            // Refused at the broker's door: the sender may try for ever.
            try await eventually(within: .seconds(10), "the broker refuses it") {
                stairs.broker.log.contains("oversize") || publisher.ending != nil
            }
            publisher.signal(9)
            #expect(try await stairs.act(ActionMessage(action: "identify", id: "", seconds: 0), on: "stair-01").done)
            #expect(agent.ending == nil)
        }
    }

    @Test func `a second site on the same broker, with the same names, is never touched`() async throws {
        try await Staircase.with(StaircasePlan(site: "home", bars: 2)) { home in
            try await Staircase.with(StaircasePlan(site: "away", bars: 2), on: home.broker) { away in
                let frames = try away.plan.stairs.map { try away.frames(of: $0) }
                let retained = try await away.retained()
                #expect(retained.count > 6)

                try await home.footlight("trigger", "stair-01/bottom").succeeded()
                for node in home.plan.stairs { try await home.frames(of: node, "lit") { $0.last?.isDark == false } }
                try await home.footlight("off", "stairs", "--ease", "0s").succeeded()
                for node in home.plan.stairs { try await home.frames(of: node, "dark") { $0.last?.isDark == true } }
                try await home.footlight("identify", "stair-02", "--for", "1s").succeeded()
                try await home.apply("site: home\nzones: {stairs: {bars: [stair-02]}}\n")
                for (topic, payload, _) in Self.wrong { try await home.publishBelowSite(topic, payload) }
                try home.start("stair-01")
                try await home.waitUntilOnline(["stair-01"])

                // Each of the other site's nodes has taken up what came before it answers.
                for node in away.plan.nodes {
                    _ = try await away.act(ActionMessage(action: "none", id: ""), on: node)
                    #expect(!(try away.agent(node).output.contains("refused")))
                }
                #expect(try away.plan.stairs.map { try away.frames(of: $0) } == frames)
                #expect(try await away.retained() == retained)
            }
        }
    }
}

extension Staircase {
    /// Publishes a text on a topic below the site.
    fileprivate func publishBelowSite(_ topic: String, _ text: String) async throws {
        try await publishBelowSite(topic, Array(text.utf8))
    }

    /// Publishes bytes on a topic below the site.
    fileprivate func publishBelowSite(_ topic: String, _ bytes: [UInt8]) async throws {
        try await client.publish(MQTTMessage(topic: "footlight/\(plan.site)/\(topic)", payload: bytes))
    }

    /// Awaits that a bar is at rest at a level, and returns its frames so far.
    fileprivate func framesAtRest(of node: String, level: Double) async throws -> [TraceFrame] {
        // Of frames alone nobody can tell which is the last: one of the same drive as the one before isn't written.
        let messages = try await client.messages([Topic.bar(node: node, bar: "bar").name(site: plan.site)])
        try await withDeadline(.seconds(10), "\(node) at rest at \(level)") {
            for try await message in messages {
                let report = try JSON.decode(BarMessage.self, from: message.payload)
                if abs(report.level - level) < 1e-3 { return }
            }
        }
        _ = try await act(ActionMessage(action: "none", id: ""), on: node)
        let frames = try frames(of: node)
        guard let last = frames.last, abs(last.lightness - level) < 1e-3 else {
            throw TestFailure("\(node) reports \(level) and shows \(frames.last?.lightness ?? 0)")
        }
        return frames
    }
}
