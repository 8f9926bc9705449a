import Glibc
import Processes
import TestSupport
import Testing

@Suite("After SIGTERM a lamp on the network shows what it is to show")
struct LastFrameTests {
    /// What a lamp was told.
    struct Told: Hashable {
        var data: [UInt8]
        /// Whether it was the stream's end.
        var isEnd: Bool
    }

    /// - Source: ANSI E1.31-2018, tables 4-1, 6-1 and 7-1: options at 112, values from 126 on. DDP: data from 10 on, ArtDmx:
    ///   from 18 on.
    private static func told(_ packets: [[UInt8]], by driver: String) -> [Told] {
        let first = ["ddp": 10, "e131": 126, "artnet": 18][driver] ?? 0
        return packets.map {
            Told(data: Array($0.dropFirst(first)), isEnd: driver == "e131" && $0[112] & 0x40 != 0)
        }
    }

    @Test(arguments: ["ddp", "e131", "artnet"], ["off", "on"])
    func `the last packets have the final values, and sACN's end the stream`(_ driver: String, _ stop: String)
        async throws
    {
        let lamp = try UDPLamp(port: ["ddp": 4048, "e131": 5568, "artnet": 6454][driver] ?? 0)
        var plan = StaircasePlan()
        plan.bars = 1
        plan.look = "{easeIn: 0s, easeOut: 300ms}"
        let universe = driver == "ddp" ? "" : ", universe: 7"
        plan.bar["stair-01"] = """
            {name: bar, channels: rgb, power: {stop: "\(stop)"}, \
            output: {driver: \(driver), host: \(lamp.host), leds: 3\(universe)}}
            """
        try await Staircase.with(plan) { stairs in
            let agent = try stairs.agent("stair-01")
            agent.signal(SIGUSR1)
            try await eventually(within: .seconds(20), "it is lit: \(agent.output)") {
                Self.told(lamp.packets(), by: driver).contains { $0.data.contains { $0 > 100 } }
            }
            agent.signal(SIGTERM)
            #expect(try await agent.end(within: .seconds(20)) == .exit(0), "\(agent.output)")
        }
        let told = Self.told(lamp.packets(), by: driver)
        // Three times the end, with the final values; before it the final frame, unless that was shown already.
        let last = told.suffix(3)
        #expect(last.count == 3)
        #expect(
            last.allSatisfy {
                $0.data.count == (driver == "artnet" ? 10 : 9)
                    && (stop == "off" ? $0.data.allSatisfy { $0 == 0 } : $0.data[0] > 100)
            },
            "\(told)")
        let hasEnd = driver == "e131"
        #expect(last.map(\.isEnd) == [hasEnd, hasEnd, hasEnd])
        #expect(told.dropLast(3).allSatisfy { !$0.isEnd })
        if stop == "off" { #expect(told.dropLast(3).last?.data == last.last?.data) }
    }
}
