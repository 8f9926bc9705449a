import Configuration
import Hardware
import Lighting
import NodeFile
import Testing

/// The households of docs/cookbook.md: each file is whole, and somebody walks through each zone.
@Suite struct CookbookTests {
    private static func files() throws -> (sites: [SiteFile], agents: [AgentFile]) {
        var (sites, agents): ([SiteFile], [AgentFile]) = ([], [])
        for text in try DocumentationTests.examples("docs/cookbook.md") {
            if text.contains("\nnode: ") {
                agents.append(try AgentFile(text: text, file: "docs/cookbook.md"))
            } else {
                sites.append(try SiteFile(text: text, file: "docs/cookbook.md"))
            }
        }
        return (sites, agents)
    }

    /// An instant of a day, at an hour of universal time.
    private static func at(_ day: Int64, _ hours: Double) -> MeshInstant {
        MeshInstant(nanoseconds: (day * 86_400 + Int64(hours * 3600)) * 1_000_000_000)
    }

    @Test func `there are twelve, and what agents have there is in their zones`() throws {
        let (sites, agents) = try Self.files()
        #expect(sites.count == 12 && agents.count == 4)
        let zones = sites.flatMap(\.zones.values)
        for node in agents.flatMap(\.nodes) {
            let bars = node.bars.map { "\(node.name)/\($0.name)" } + (node.bars.count == 1 ? [node.name] : [])
            #expect(zones.contains { zone in bars.contains { zone.bars.contains($0) } }, "\(node.name)")
            for sensor in node.sensors {
                #expect(zones.contains { $0.sensors["\(node.name)/\(sensor.name)"] != nil }, "\(sensor.name)")
            }
        }
    }

    /// At three in the morning, noon and nine in the evening, in June and in December.
    @Test(arguments: [20_625, 20_808] as [Int64], [3, 12, 21] as [Double])
    func `who walks past any sensor has light on every bar, and dark afterwards`(day: Int64, hour: Double) throws {
        for site in try Self.files().sites {
            let start = Self.at(day, hour)
            let clock = (CivilClock.system(timeZone: site.timeZone, from: start) ?? .utc)
                .placed(at: site.location, asOf: start)
            for (name, zone) in site.zones {
                for sensor in zone.sensors.keys {
                    var state = ZoneState(zone: zone, clock: clock)
                    var register = state.register(of: sensor, own: nil, motionAt: start, lead: .zero)
                    register.motion = false
                    state.setRegisters([sensor: register])
                    let longest = max(zone.hold, .seconds(600)) + .seconds(120)
                    let delays = zone.waveDelay(from: sensor, at: start, clock: clock)
                    for (index, bar) in zone.bars.enumerated() {
                        let plan = state.plan(of: bar)
                        // Light that walks along goes up to the next sensor, which is another walk.
                        guard let delay = delays(index) else {
                            #expect(zone.follow != nil && plan.cue(at: start + .seconds(3)).target.lightness == .dark)
                            continue
                        }
                        #expect(delay <= .seconds(3))
                        #expect(
                            plan.cue(at: start + .seconds(3)).target.lightness > .dark, "\(name): \(bar) by \(sensor)")
                        #expect(plan.cue(at: start + longest).reason == .idle, "\(name): \(bar) stays lit")
                    }
                }
                // What is switched by hand lights, too.
                var state = ZoneState(zone: zone, clock: clock)
                state.override = Override(mode: .on(brightness: nil, colour: nil), start: start)
                #expect(state.asOneLight(at: start + .seconds(1)).light.lightness > .dark, "\(name)")
            }
        }
    }
}
