import FoundationEssentials
import MQTT
import Processes
import TestSupport
import Testing

@Suite("The sensors among the examples of docs/hardware.md, on a real broker")
struct SensorExamplesTests {
    @Test
    func `each lights its own bar by what it says, and lets it go out`() async throws {
        let examples = try SensorExample.all()
        var plan = StaircasePlan()
        plan.bars = 1
        plan.isApplied = false
        let folder = try TemporaryFolder("examples")
        plan.moreSensors = examples.enumerated().map { "{name: e\($0), input: \($1.input)}" }
        plan.bar["stair-01"] = examples.indices.map {
            "{name: e\($0), channels: white, output: {driver: trace, path: \(folder.path)/\($0).jsonl}}"
        }.joined(separator: ", ")
        let zones = examples.indices.map {
            "  e\($0): {bars: [stair-01/e\($0)], sensors: {stair-01/e\($0): first}, hold: 5s, "
                + "look: {easeIn: 0s, easeOut: 0s}}\n"
        }.joined()
        try await Staircase.with(plan) { stairs in
            try await stairs.apply("site: \(plan.site)\nzones:\n\(zones)")
            func say(_ text: String?, _ example: SensorExample) async throws {
                guard let text else { return }
                try await stairs.client.publish(MQTTMessage(topic: example.topic, payload: Array(text.utf8)))
            }
            @Sendable func isLit(_ index: Int) throws -> Bool {
                let lines = try folder.contents(of: "\(index).jsonl").split(separator: 0x0a)
                let frames = lines.compactMap { try? JSONDecoder().decode(TraceFrame.self, from: Data($0)) }
                return frames.last?.isDark == false
            }
            for (index, example) in examples.enumerated() {
                try await say(example.there, example)
                try await eventually(within: .seconds(10), "\(example) is lit") { try isLit(index) }
                try await say(example.gone, example)
            }
            for (index, example) in examples.enumerated() {
                try await eventually(within: .seconds(20), "\(example) is dark again") { try !isLit(index) }
            }
        }
    }
}
