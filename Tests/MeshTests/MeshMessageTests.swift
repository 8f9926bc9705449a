import Lighting
import Testing

@testable import Mesh

@Suite struct MeshMessageTests {
    /// For each topic that has a payload: one that can't be acted on though it is JSON of the right shape, and the field at
    /// fault.
    static let wrong: [(Topic, String, String)] = [
        (
            .status(node: "a"),
            #"{"bars":[],"bootId":"b","connection":1,"priority":101,"sensors":[],"started":0,"state":"online","#
                + #""synchronised":true,"version":"1"}"#, "priority"
        ),
        (.health(node: "a"), #"{"at":-1,"checks":[],"uptimeSeconds":1}"#, "at"),
        (.delivery(node: "a"), #"{"samples":1,"seconds":11}"#, "seconds"),
        (.sensor(node: "a", sensor: "s"), #"{"lastEdge":-1,"lastMotion":0,"motion":true,"zones":{}}"#, "lastEdge"),
        (.light(node: "a", light: "l"), #"{"lux":-1}"#, "lux"),
        (.bar(node: "a", bar: "b"), #"{"colour":"2700K","level":2,"on":true}"#, "level"),
        (.action(node: "a"), #"{"action":"probe","id":""}"#, "id"),
        (.result(node: "a"), #"{"done":true,"id":""}"#, "id"),
        (.siteConfiguration, #"{"revision":1,"zones":["Große Halle"]}"#, "zones"),
        (.zoneConfiguration(zone: "z"), #"{"bars":["a"],"holdSeconds":1,"sensors":{}}"#, "holdSeconds"),
        (.nodeConfiguration(node: "a"), #"{"bars":{"Bar":"a"},"revision":1}"#, "bars"),
        (.zoneResult(zone: "z"), #"{"command":1,"done":true}"#, "command"),
        (
            .override(zone: "z"), #"{"bars":{},"ids":[],"issued":1,"zone":{"mode":"dim","start":0}}"#, "zone.mode"
        ),
        (
            .state(zone: "z"),
            #"{"brightness":256,"color_mode":"rgb","colour":"red","level":1,"mode":"on","motion":true,"#
                + #""reason":"manual","state":"ON"}"#, "brightness"
        ),
    ]

    @Test(arguments: wrong)
    func `what can't be acted on is refused as it is read, whoever reads it`(
        topic: Topic, text: String, field: String
    ) throws {
        let error = #expect(throws: MessageError.self) { try MeshMessage(topic, Array(text.utf8)) }
        #expect(error?.field == field)
        var observer = MeshObserver(site: home, clock: .utc)
        observer.take(topic: topic.name(site: home), payload: Array(text.utf8), at: at(0))
        #expect(observer.presence.all.isEmpty && observer.bars.isEmpty && observer.sensors.isEmpty)
        #expect(observer.zoneNames.isEmpty && observer.reports.isEmpty)
    }

    @Test func `every topic that has a payload is among these, but commands and what Telemetry reads`() {
        #expect(Set(Self.wrong.map(\.0)).count == 14)
        for topic in [Topic.set(zone: "z"), .records(node: "a"), .recorded(node: "a"), .collector] {
            let kept: [UInt8]? =
                switch try? MeshMessage(topic, [1]) {
                case .set(_, let bytes), .telemetry(_, let bytes): bytes
                default: nil
                }
            #expect(kept == [1])
        }
    }

    @Test func `an empty message takes away what was said`() throws {
        for (topic, _, _) in Self.wrong {
            let isNone =
                switch try MeshMessage(topic, []) {
                case .status(_, nil), .health(_, nil), .delivery(_, nil), .sensor(_, _, nil), .light(_, _, nil),
                    .bar(_, _, nil), .action(_, nil), .result(_, nil), .siteConfiguration(nil),
                    .zoneConfiguration(_, nil), .nodeConfiguration(_, nil), .zoneResult(_, nil), .override(_, nil),
                    .state(_, nil):
                    true
                default: false
                }
            #expect(isNone, "\(topic)")
        }
    }

    @Test func `a payload is checked where a type alone is asked for, too`() {
        #expect(throws: MessageError.self) { try JSON.decode(LightMessage.self, from: Array(#"{"lux":-1}"#.utf8)) }
        func read<Message: Decodable>(_ text: String) throws -> Message {
            try JSON.decode(Message.self, from: Array(text.utf8))
        }
        #expect(throws: MessageError.self) { try read(#"{"lux":-1}"#) as LightMessage }
        #expect(throws: Never.self) { try read(#"{"lux":1}"#) as LightMessage }
    }

    @Test func `what only a later contract has is told of`() throws {
        var remark: String?
        let text = #"{"bars":["a"],"protocol":99,"sensors":{},"look":{"curve":"bouncing"}}"#
        _ = try MeshMessage(.zoneConfiguration(zone: "z"), Array(text.utf8), remark: &remark)
        #expect(remark?.contains("look.curve") == true && remark?.contains("99") == true)
        _ = try MeshMessage(.light(node: "a", light: "l"), Array(#"{"lux":1}"#.utf8), remark: &remark)
        #expect(remark == nil)
    }
}
