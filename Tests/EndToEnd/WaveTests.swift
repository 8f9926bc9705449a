import Lighting
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Light runs ahead of whoever walks, over a real broker", .serialized)
struct WaveTests {
    /// Half the delay between two bars: beyond it a bar would light in its neighbour's place. How close bars really
    /// come is printed here and measured by the bench; a test on a busy machine can't promise milliseconds.
    static let tolerance = 25.0

    /// Milliseconds that each bar's first light lies after its place in a wave, in the bars' order.
    func deviations(_ stairs: Staircase, after instant: Int64, planned: (Int) -> Int64) async throws -> [Double] {
        var deviations: [Double] = []
        for (index, node) in stairs.plan.stairs.enumerated() {
            let frames = try await stairs.frames(of: node, "gives light") { $0.firstLight(after: instant) != nil }
            let first = try #require(frames.firstLight(after: instant))
            deviations.append(Double(first.t - planned(index)) / 1e6)
        }
        return deviations
    }

    func tell(_ name: String, _ deviations: [Double]) {
        let sorted = deviations.map(abs).sorted()
        let milliseconds = { (value: Double) in (value * 100).rounded() / 100 }
        print(
            "\(name): off by \(milliseconds(sorted[sorted.count / 2])) ms at the median, \(milliseconds(sorted[sorted.count - 1])) ms at worst"
        )
    }

    @Test
    func `a PIR at the bottom, a PIR at the top, and both within a second`() async throws {
        try await Staircase.with(.withPIRs) { stairs in
            let begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            try await stairs.lit("stair-10")
            let up = try await stairs.waveStart(at: "stair-01/bottom")
            let upwards = try await deviations(stairs, after: begin) { up + Int64($0) * 50_000_000 }
            tell("up", upwards)
            #expect(upwards.allSatisfy { abs($0) < WaveTests.tolerance }, "\(upwards)")

            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.dark(node) }
            let second = MonotonicClock.now
            try await stairs.pir("landing-pir", true)
            try await stairs.pir("landing-pir", false)
            let frames = try await stairs.frames(of: "stair-01", "gives light again") {
                $0.firstLight(after: second) != nil
            }
            #expect(!frames.isEmpty)
            let down = try await stairs.waveStart(at: "landing/top")
            let downwards = try await deviations(stairs, after: second) { down + Int64(9 - $0) * 50_000_000 }
            tell("down", downwards)
            #expect(downwards.allSatisfy { abs($0) < WaveTests.tolerance }, "\(downwards)")

            for node in stairs.plan.stairs {
                try await stairs.frames(of: node, within: .seconds(15), "dark once more") { $0.last?.isDark == true }
            }
            let third = MonotonicClock.now
            async let bottom: Void = stairs.pir("hall-pir", true)
            async let top: Void = stairs.pir("landing-pir", true)
            _ = try await (bottom, top)
            try await stairs.frames(of: "stair-05", "gives light") { $0.firstLight(after: third) != nil }
            let (fromBottom, fromTop) = (
                try await stairs.waveStart(at: "stair-01/bottom"), try await stairs.waveStart(at: "landing/top")
            )
            let both = try await deviations(stairs, after: third) {
                min(fromBottom + Int64($0) * 50_000_000, fromTop + Int64(9 - $0) * 50_000_000)
            }
            tell("both", both)
            #expect(both.allSatisfy { abs($0) < WaveTests.tolerance }, "\(both)")
        }
    }

    @Test
    func `one of two sensors still high keeps it lit; both released, it goes off the way the last walk went`()
        async throws
    {
        try await Staircase.with(.withPIRs) { stairs in
            async let bottom: Void = stairs.pir("hall-pir", true)
            async let top: Void = stairs.pir("landing-pir", true)
            _ = try await (bottom, top)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            try await stairs.pir("hall-pir", false)
            let quiet = MonotonicClock.now
            try await stairs.sleep(until: quiet + (Staircase.hold + .seconds(1)).nanoseconds)
            for node in stairs.plan.stairs {
                let frames = try stairs.frames(of: node)
                #expect(frames.last?.lightness ?? 0 >= 0.5999, "\(node) went off although the top sees motion")
            }
            try await stairs.pir("landing-pir", false)
            var off: [Int64] = []
            for node in stairs.plan.stairs {
                let frames = try await stairs.dark(node)
                off.append(try #require(frames.last).t)
            }
            #expect(off == off.sorted() || off == off.sorted(by: >), "not in a wave: \(off)")
            let end = try await stairs.register(of: "landing/top").lastMotion - (RealTimeClock.now - MonotonicClock.now)
            let expected = end + (Staircase.hold + .milliseconds(1500)).nanoseconds
            #expect(abs(Double((off.min() ?? 0) - expected)) < 3e8, "off when the hold was over, and the ease out")
        }
    }
}
