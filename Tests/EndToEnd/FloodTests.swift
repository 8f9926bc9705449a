import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Whatever pours in, own sensors and other topics light", .serialized)
struct FloodTests {
    /// Runs a test amid sensor messages on one topic, as fast as they can be sent: nobody is there, in other words each time.
    ///
    /// - Parameter last: what is said last of all.
    /// - Returns: how many were sent, and just when the last was to be.
    private func flooding(
        _ topic: String, of stairs: Staircase, last: String, _ body: @Sendable @escaping () async throws -> Void
    ) async throws -> (sent: Int, ended: Int64) {
        let configuration = MQTTConfiguration(addresses: [stairs.broker.address], clientID: "flood")
        return try await MQTTClient.withClient(configuration) { client in
            let flood = Task {
                var count = 0
                while !Task.isCancelled {
                    let text = #"{"occupancy":false,"n":\#(count)}"#
                    let message = MQTTMessage(topic: topic, text: text, qos: .atMostOnce)
                    guard (try? await client.publish(message)) != nil else { break }
                    count += 1
                }
                return count
            }
            defer { flood.cancel() }
            try await body()
            flood.cancel()
            let sent = await flood.value
            let ended = MonotonicClock.now
            try await client.publish(MQTTMessage(topic: topic, text: last))
            return (sent, ended)
        }
    }

    @Test
    func `a flood of one sensor's messages: own and others' motion lights, the topic is named, its last word counts`()
        async throws
    {
        var plan = StaircasePlan()
        plan.bars = 2
        plan.hold = "5s"
        try await Staircase.with(plan) { stairs in
            let text = plan.agentFile(of: "stair-01", broker: "\(stairs.broker.address)", folder: stairs.folder.path)
            let sensors =
                "sensors: [{name: pir, input: \(StaircasePlan.pir("hall-pir"))}, {name: bottom, input: simulated}]\n"
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("sensors:") }.joined(separator: "\n")
            try stairs.folder.write(lines + "\n" + sensors, to: "stair-01.yaml")
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline()
            try await stairs.apply(
                plan.siteFile.replacing("stair-01/bottom: first", with: "stair-01/bottom: first, stair-01/pir: first"))
            try await stairs.waitUntilSettled()
            let agent = try stairs.agent("stair-01")

            let (sent, ended) = try await flooding(
                "zigbee2mqtt/hall-pir", of: stairs, last: #"{"occupancy":true}"#
            ) {
                try await onThread {
                    try agent.waitForOutput(
                        "zigbee2mqtt/hall-pir floods: of more than 20 messages/s the last are taken",
                        within: .seconds(20))
                }
                // Its own sensor, which no broker tells of.
                agent.signal(SIGUSR1)
                try await stairs.full("stair-01", within: .seconds(10))
                try await stairs.dark("stair-01", within: .seconds(30))
                // Another node's, and a command.
                let before = try stairs.frames(of: "stair-01").count
                try stairs.agent("landing").signal(SIGUSR1)
                try await stairs.frames(of: "stair-01", within: .seconds(10), "lit by another node's sensor") {
                    $0.dropFirst(before).contains { !$0.isDark }
                }
                try await stairs.footlight("off", "stairs", "--ease", "0s").succeeded()
                try await stairs.frames(of: "stair-01", within: .seconds(10), "dark by a command") {
                    $0.last?.isDark == true
                }
                try await stairs.footlight("auto", "stairs").succeeded()

                try await eventually(within: .seconds(30), "health names the topic") {
                    let health: HealthOutput = try await stairs.footlight("health", "--json").json()
                    let check = try health.node("stair-01").checks?.first { $0.check == "flood" }
                    return check?.healthy == false
                        && check?.detail?.hasPrefix("zigbee2mqtt/hall-pir has more than") == true
                }
                let said = try await stairs.footlight("health")
                #expect(said.output.contains("zigbee2mqtt/hall-pir has more than 20 messages/s"), "\(said.output)")
                try await stairs.frames(of: "stair-01", within: .seconds(20), "dark") { $0.last?.isDark == true }
            }
            // The agent itself has said that they are too many; how many a busy machine sends besides is its own affair.
            #expect(sent > 200)
            try await stairs.frames(of: "stair-01", within: .seconds(20), "lit by the last word") {
                $0.firstLight(after: ended) != nil
            }
            #expect(agent.ending == nil)
        }
    }

    @Test func `hundreds of zones at once: the agent lives, and motion lights meanwhile`() async throws {
        var plan = StaircasePlan()
        plan.bars = 1
        try await Staircase.with(plan) { stairs in
            let agent = try stairs.agent("stair-01")
            let zones = ManyZones(count: 300, bars: 10)
            try await zones.publish(on: stairs) { agent.signal(SIGUSR1) }
            try await stairs.full("stair-01", within: .seconds(10))
            // Answered when all that came before has been taken up.
            _ = try await stairs.act(ActionMessage(action: "none", id: ""), on: "stair-01")
            #expect(try await stairs.zoneCount() == zones.count + 1)
            #expect(agent.ending == nil, "\(agent.output)")

            // All at once, from what the broker and it itself have kept.
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline(["stair-01"])
            let again = MonotonicClock.now
            // Somebody who walks on: what is seen before its zone is known lights nothing. `make limits` measures how long.
            let deadline = Deadline(.seconds(40))
            while try !stairs.frames(of: "stair-01").contains(where: { $0.t > again && $0.lightness >= 0.5999 }) {
                if deadline.hasPassed { throw ProcessFailure("stair-01 isn't lit within 40 s of its start") }
                try stairs.agent("stair-01").signal(SIGUSR1)
                try await Task.sleep(for: .milliseconds(500))
            }
            _ = try await stairs.act(ActionMessage(action: "none", id: ""), on: "stair-01")
            #expect(try await stairs.zoneCount() == zones.count + 1)
            #expect(try stairs.agent("stair-01").ending == nil)
        }
    }
}
