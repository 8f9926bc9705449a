import Lighting
import Testing

@testable import Mesh

@Suite("What light a zone can show, and what its keeper says of it")
struct LightModesTests {
    private static let white = LightModes(temperature: false, colour: false)
    private static let warmCold = LightModes(temperature: true, colour: false)

    private static func state(_ colour: Colour) -> ZoneState {
        var zone = stairs
        zone.look = Look(brightness: .init(0.5), colour: colour, easeIn: .zero)
        var state = ZoneState(zone: zone)
        state.override = Override(mode: .on(brightness: nil, colour: nil), start: at(0))
        return state
    }

    @Test func `bars are known by their nodes' words`() {
        var modes = BarModes()
        let stairs = ["stair-01", "stair-02/bar"]
        #expect(modes.together(stairs) == .all)
        let isNews = modes.update([.init(name: "bar", channels: "white")], of: "stair-01")
        let isNewsAgain = modes.update([.init(name: "bar", channels: "white")], of: "stair-01")
        #expect(isNews && !isNewsAgain && modes.together(stairs) == Self.white)
        _ = modes.update([.init(name: "bar", channels: "warm-cold")], of: "stair-02")
        #expect(modes.together(stairs) == Self.warmCold)
        let isLoss = modes.update(nil, of: "stair-02")
        #expect(isLoss && modes.together(stairs) == Self.white)
    }

    @Test func `of a node with bars of several kinds each counts for itself`() {
        var modes = BarModes()
        _ = modes.update([.init(name: "a", channels: "white"), .init(name: "b", channels: "rgbw")], of: "shelf")
        #expect(modes.together(["shelf/a"]) == Self.white && modes.together(["shelf/b"]) == .all)
    }

    @Test func `channels that only a later version knows may show all`() {
        var modes = BarModes()
        _ = modes.update([.init(name: "bar", channels: "rgbwaf")], of: "stair-01")
        #expect(modes.together(["stair-01"]) == .all)
    }

    @Test func `white bars are told by their brightness alone`() {
        let report = ZoneReport(Self.state(.temperature(.warmWhite)), modes: Self.white, at: at(1))
        #expect(report.colorMode == "brightness" && report.colorTemp == nil && report.color == nil)
        #expect(report.colour == "2700K")
    }

    @Test func `bars that are warm and cold are told as a temperature, whatever was asked for`() {
        let report = ZoneReport(Self.state(.rgb(red: 255, green: 160, blue: 60)), modes: Self.warmCold, at: at(1))
        #expect(report.colorMode == "color_temp" && report.color == nil)
        #expect((400...560).contains(report.colorTemp ?? 0), "\(report)")
    }

    @Test func `how long a command holds is told, and no more once it is over`() {
        var state = Self.state(.temperature(.warmWhite))
        state.override?.until = at(10)
        #expect(ZoneReport(state, at: at(1)).until == at(10).nanoseconds)
        #expect(ZoneReport(state, at: at(11)).until == nil)
    }

    @Test func `what is on at all is at least 1`() {
        var state = Self.state(.temperature(.warmWhite))
        state.override = Override(mode: .on(brightness: .init(0.001), colour: nil), start: at(0))
        let report = ZoneReport(state, at: at(1))
        #expect(report.state == "ON" && report.brightness == 1)
    }

    @Test(arguments: [(370, 2700.0), (555, 1800), (153, 6500), (250, 4000), (500, 2000), (232, 4300), (1, 6500)])
    func `a whole number of mireds stands for the roundest temperature that Home Assistant makes it of`(
        mired: Int, kelvin: Double
    ) {
        #expect(Kelvin(wholeMired: mired).value == kelvin)
    }

    @Test func `a colour's nearest temperature is its own if it is one`() {
        #expect(Colour.temperature(.warmWhite).nearestTemperature == .warmWhite)
        let daylight = Colour.rgb(red: 255, green: 255, blue: 255).nearestTemperature.value
        #expect((6300...6500).contains(daylight), "\(daylight)")
    }
}
