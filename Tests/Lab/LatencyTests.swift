import Glibc
import Hardware
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

// What an agent adds to the lab's own latency: from an edge to the first light, beside a thread that does nothing but wait
// for edges.
@Suite("First light after an edge", .inLab)
struct LatencyTests {
    static let lines = 16, rounds = 4
    /// What an agent may add to the lab's own latency, at the median, nanoseconds: more than that, and it looks at the line
    /// now and then rather than waits for its edge. A sensor that is polled takes 100 ms at the least. How quick it is,
    /// `make bench` tells; a machine that is slow and busy took 37 ms here, one that is idle 3 ms (docs/hardware.md).
    static let limit: Int64 = 80_000_000

    @Test
    func `light comes with the edge`() async throws {
        let chip = try SimulatedChip(lines: Self.lines)
        let bare = try await Self.bareLatencies(chip)
        // A bar, a zone and a line for each of several edges: a hold is 5 s at least.
        let indices = 0..<Self.lines
        let hardware =
            "bars:\n"
            + indices.map {
                "  - {name: b\($0), channels: white, output: {driver: trace, path: FOLDER/b\($0).jsonl}}\n"
            }.joined() + "sensors:\n"
            + indices.map {
                "  - {name: s\($0), input: {driver: gpio, chip: \(chip.name), line: \($0)}}\n"
            }.joined()
        let zone = { (index: Int) in
            "bars: [lab/b\(index)]\nsensors: {lab/s\(index): first}\nhold: 5s\nlead: 0s\n"
                + "look: {easeIn: 0s, easeOut: 0s}\n"
        }
        let latencies = try await LabNode.with(hardware, zones: indices.map { ("zone-\($0)", zone($0)) }) { node in
            var latencies: [Int64] = []
            var last = [Int64](repeating: .min, count: Self.lines)
            for _ in 0..<Self.rounds {
                for index in indices {
                    let trace = "b\(index).jsonl"
                    let pulled = MonotonicClock.now
                    try chip.pull(index, true)
                    let lit = try await node.frame(in: trace, isDark: false, after: last[index])
                    latencies.append(lit.t - pulled)
                    try chip.pull(index, false)
                    last[index] = lit.t
                }
                for index in indices {
                    last[index] = try await node.frame(in: "b\(index).jsonl", isDark: true, after: last[index]).t
                }
            }
            return latencies
        }
        let (own, lab) = (Spread(latencies), Spread(bare))
        print(
            "lab: libgpiod \(GPIOLine.libraryVersion): pull to first light, \(own); a bare thread's edge, \(lab);",
            "the agent's part of the median: \(own.excess(over: lab) / 1000) µs")
        #expect(latencies.count == Self.lines * Self.rounds && bare.count == latencies.count)
        #expect(own.excess(over: lab) < Self.limit)
    }

    /// From a pull to the edge at a thread that waits for nothing else.
    static func bareLatencies(_ chip: SimulatedChip) async throws -> [Int64] {
        let seen = Monitor<[Int64]>([])
        let count = lines * rounds
        async let watching: Void = onThread {
            let line = try GPIOLine.input(.offset(0, chip: chip.name), consumer: "bare")
            var entry = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
            seen.change { $0.append(0) }
            while seen.change({ $0.count }) <= count * 2 {
                guard poll(&entry, 1, 5000) == 1 else { throw TestFailure("no edge") }
                let now = MonotonicClock.now
                while try line.nextEdge() != nil { seen.change { $0.append(now) } }
            }
        }
        var latencies: [Int64] = []
        try await eventually(within: .seconds(5), "a thread waits") { seen.change { $0.count } == 1 }
        for index in 0..<count * 2 {
            let pulled = MonotonicClock.now
            try chip.pull(0, index.isMultiple(of: 2))
            try await eventually(within: .seconds(5), "an edge") { seen.change { $0.count } == index + 2 }
            if index.isMultiple(of: 2) { latencies.append(seen.change { $0[index + 1] } - pulled) }
        }
        try await watching
        return latencies
    }
}
