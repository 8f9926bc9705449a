import Storm
import Testing

/// What the storm does, and who it takes to be where.
struct StormScheduleTests {
    private func rounds(_ seed: UInt64) -> [String] {
        var schedule = StormSchedule(
            seed: seed, nodes: ["a", "b", "c"], spare: "c", fleetAgents: ["x", "y"], sensors: ["a/eye"], zones: ["hall"]
        )
        return (0..<6).map { _ in "\(schedule.next())" }
    }

    @Test
    func `the same seed is the same schedule, another is another`() {
        #expect(rounds(7) == rounds(7))
        #expect(rounds(7) != rounds(8))
    }

    @Test
    func `whatever is ended is started again, and whatever is stopped goes on, within the round`() {
        var schedule = StormSchedule(
            seed: 3, nodes: ["a", "b", "c"], spare: "c", fleetAgents: ["x", "y"], sensors: ["a/eye"], zones: ["hall"])
        for _ in 0..<50 {
            var away: [String: Bool] = [:]
            for (_, deed) in schedule.next().deeds {
                switch deed {
                case .kill(let name), .terminate(let name), .freeze(let name):
                    #expect(away[name] != true)
                    away[name] = true
                case .start(let name), .thaw(let name):
                    #expect(away[name] == true)
                    away[name] = false
                case .walk, .command: break
                }
            }
            #expect(!away.values.contains(true))
        }
    }

    @Test
    func `every third round a node with a place stays away, in turn each of them`() {
        var schedule = StormSchedule(
            seed: 3, nodes: ["a", "b", "c"], spare: "c", fleetAgents: ["x"], sensors: ["a/eye"], zones: ["hall"])
        let absent = (0..<24).compactMap { _ in schedule.next().absent }
        #expect(absent.count == 8)
        #expect(Set(absent) == ["a", "b"])
    }

    @Test
    func `of two nodes that were given a place the later has it; who lost its own fills none`() {
        let messages = [
            "a": PlainJSON(#"{"revision": 3, "bars": {"bar": ""}}"#.utf8),
            "s": PlainJSON(#"{"revision": 4, "bars": {"bar": "a"}, "sensors": {"eye": "a/eye"}}"#.utf8),
            "t": PlainJSON(#"{"revision": 5, "bars": {"bar": "a/bar"}}"#.utf8),
        ].compactMapValues { $0 }
        let bars = PlaceHolders(messages, field: "bars")
        #expect(bars.holder(of: "a", field: "bars") == "t")
        #expect(bars.holder(of: "b", field: "bars") == "b")
        #expect(bars.holder(of: "t", field: "bars") == nil)
        #expect(PlaceHolders(messages, field: "sensors").holder(of: "a/eye", field: "sensors") == "s")
    }

    @Test
    func `JSON is read as it stands, refused where it is none`() {
        let json = PlainJSON(#"{"a": [1, -2.5e3, true, null, "b"], "c": {}}"#.utf8)
        #expect(json?["a"]?.elements == [.number(1), .number(-2500), .bool(true), .null, .string("b")])
        #expect(json?["c"] == .object([:]))
        for text in ["", "{", "[1,]", "nul", "{\"a\"}", "\"a", "1 2"] { #expect(PlainJSON(text.utf8) == nil) }
    }
}
