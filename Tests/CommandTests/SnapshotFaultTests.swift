import Mesh
import Testing

@testable import footlight

@Suite("A retained message that nobody can act on is a fault, and shown as none")
struct SnapshotFaultTests {
    static let wrong: [(String, String)] = [
        ("node/a/status", Kept.status().replacing("\"priority\":50", with: "\"priority\":101")),
        ("node/a/light/l", #"{"lux":-1}"#), ("node/a/delivery", #"{"samples":1,"seconds":11}"#),
        ("node/a/bar/b", #"{"colour":"2700K","level":2,"on":true}"#),
        ("node/a/sensor/s", #"{"lastEdge":-1,"lastMotion":0,"motion":true,"zones":{}}"#),
        ("config/site", #"{"revision":1,"zones":["Große Halle"]}"#),
        ("config/node/a", #"{"bars":{"Bar":"a"},"revision":1}"#),
        ("config/zone/z", #"{"bars":["a"],"holdSeconds":1,"sensors":{}}"#),
        ("zone/z/override", #"{"bars":{},"ids":[],"issued":1,"zone":{"mode":"dim","start":0}}"#),
    ]

    @Test(arguments: wrong)
    func `a message that isn't what it should be is a fault, and changes nothing else`(topic: String, payload: String) {
        let snapshot = Kept.snapshot([topic: payload])
        #expect(snapshot.faults.map(\.topic) == ["footlight/home/\(topic)"])
        #expect(snapshot.presence.all.isEmpty && snapshot.lights.isEmpty && snapshot.deliveries.isEmpty)
        #expect(snapshot.bars.isEmpty && snapshot.sensors.isEmpty && snapshot.siteMessage == nil)
        #expect(snapshot.zones.isEmpty && snapshot.overrides.isEmpty)
    }
}
