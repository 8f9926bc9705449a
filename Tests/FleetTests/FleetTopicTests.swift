import Mesh
import TestSupport
import Testing

@testable import Fleet

/// What fleet agents say, beside the table of docs/protocol.md.
@Suite struct FleetTopicTests {
    /// One of each.
    private static let all: [FleetTopic] = [
        .node("x"), .group(zone: "x"), .activity, .agent("x"), .command, .result,
    ]

    /// The number of a topic's case among ``all``: a case more doesn't compile here.
    private static func index(_ topic: FleetTopic) -> Int {
        switch topic {
        case .node: 0
        case .group: 1
        case .activity: 2
        case .agent: 3
        case .command: 4
        case .result: 5
        }
    }

    @Test func `every topic is in the table of docs/protocol.md, once`() throws {
        #expect(Self.all.map(Self.index) == Array(0..<6))
        let told = try TopicRow.all().map { FleetTopic(name: "footlight/home/\($0.name)", site: home) }
        #expect(told.compactMap { $0 }.map(Self.index).sorted() == Array(0..<6))
    }

    @Test func `what a fleet agent publishes is retained, and of the QoS, as the table says`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 300) { $0.nodes["spare-1"]?.configuration != nil }
        fleet.nodes["stair-03"]?.fault = "dark"
        fleet.run(seconds: 100) { !$0.actions(for: "stair-03").isEmpty }
        _ = fleet.command(FleetCommand(.suspend, id: "c", zone: "nowhere"))
        let rows = try TopicRow.all()
        var said: Set<String> = []
        for (topic, manner) in fleet.manners {
            var levels = topic.split(separator: "/").map(String.init)
            for index in levels.indices where !Self.words.contains(levels[index]) { levels[index] = "x" }
            let name = levels.joined(separator: "/")
            said.insert(name)
            let row = try #require(rows.first { $0.name == name }, "\(name)")
            #expect(row.writer.contains("fleet agent"), "\(row)")
            #expect(manner == [TestFleet.Manner(isRetained: row.isRetained, qos: row.qos)], "\(row)")
        }
        let written = Set(rows.filter { $0.writer.contains("fleet agent") }.map(\.name))
        // Who collects records is Telemetry's.
        #expect(written.subtracting(said) == ["fleet/collector", "node/x/recorded"])
        #expect(said.subtracting(written) == [])
    }

    /// The levels of topics that are no names.
    private static let words: Set = [
        "config", "node", "zone", "action", "fleet", "group", "agent", "activity", "command", "result",
    ]
}
