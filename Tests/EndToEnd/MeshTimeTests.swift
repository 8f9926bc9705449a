import FoundationEssentials
import Glibc
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Mesh time goes on, whoever dies and whatever clock is set", .serialized)
struct MeshTimeTests {
    /// Half the delay between two bars, as in ``WaveTests/tolerance``.
    static let tolerance = 25.0

    /// A clock_gettime whose CLOCK_REALTIME is as many seconds off as the file CLOCK_FILE says, and an adjtimex that says as it
    /// does whether a time server keeps that (1) or not (0), if it says so.
    static let settableClock = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/timex.h>
        #include <time.h>
        #include <unistd.h>
        static int set(long *off, int *kept) {
            char text[64] = {0};
            int file = open(getenv("CLOCK_FILE"), O_RDONLY);
            if (file < 0) return 0;
            int found = read(file, text, 63) > 0 ? sscanf(text, "%ld %d", off, kept) : 0;
            close(file);
            return found;
        }
        int clock_gettime(clockid_t clock, struct timespec *time) {
            int kept, result = syscall(SYS_clock_gettime, clock, time);
            long off;
            if (clock == CLOCK_REALTIME && result == 0 && set(&off, &kept) > 0) time->tv_sec += off;
            return result;
        }
        int adjtimex(struct timex *state) {
            int kept, result = syscall(SYS_adjtimex, state);
            long off;
            if (result >= 0 && set(&off, &kept) > 1)
                state->status = kept ? state->status & ~STA_UNSYNC : state->status | STA_UNSYNC;
            return result;
        }
        """

    /// Builds that clock, and returns the environment of a process that goes by it, and by this file of the folder's.
    func settableClock(_ file: String, in stairs: Staircase) async throws -> [String: String] {
        let path = stairs.folder.path
        try stairs.folder.write(MeshTimeTests.settableClock, to: "clock.c")
        let compiler = try ChildProcess(
            "gcc", ["-shared", "-fPIC", "-O2", "-o", "\(path)/clock.so", "\(path)/clock.c"])
        #expect(try await compiler.end() == .exit(0), "\(compiler.output)")
        return ["LD_PRELOAD": "\(path)/clock.so", "CLOCK_FILE": "\(path)/\(file)"]
    }

    /// How far a node sees its system's clock ahead of mesh time, in seconds.
    func systemClock(of node: String, _ stairs: Staircase) async throws -> Double {
        try await check("system clock", of: node, stairs).value
    }

    /// A check of a node's next health report, which it is asked for.
    func check(_ name: String, of node: String, _ stairs: Staircase) async throws -> HealthMessage.Check {
        let messages = try await stairs.client.messages([Topic.health(node: node).name(site: stairs.plan.site)])
        #expect(try await stairs.act(ActionMessage(action: "report", id: ""), on: node).done)
        return try await withDeadline(.seconds(5), "a report of \(node)") {
            for try await message in messages {
                let health = try JSON.decode(HealthMessage.self, from: message.payload)
                if let check = health.checks.first(where: { $0.check == name }) { return check }
            }
            throw TestFailure("the client was closed")
        }
    }

    /// Each bar's first light after `instant`, off its place in a wave from the bottom, in milliseconds.
    func deviations(_ stairs: Staircase, after instant: Int64) async throws -> [Double] {
        var first: [Int64] = []
        for node in stairs.plan.stairs {
            let frames = try await stairs.frames(of: node, within: .seconds(10), "gives light") {
                $0.firstLight(after: instant) != nil
            }
            first.append(try #require(frames.firstLight(after: instant)).t)
        }
        return first.enumerated().map { Double($1 - first[0] - Int64($0) * 50_000_000) / 1e6 }
    }

    @Test
    func `the reference is killed with -9: another takes over, and waves run on as if nothing had been`() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 5
        try await Staircase.with(plan) { stairs in
            // The lowest name is the reference: it has the sensor at the top and no bar.
            try await onThread {
                try stairs.agent("landing").waitForOutput("mesh time: reference", within: .seconds(10))
                try stairs.agent("stair-05").waitForTime(of: "landing")
            }
            var begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            try await stairs.lit("stair-05")
            let before = try await deviations(stairs, after: begin)
            #expect(before.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(before)")

            let killed = MonotonicClock.now
            try stairs.agent("landing").signal(SIGKILL)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.dark(node) }
            begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            let after = try await deviations(stairs, after: begin)
            #expect(after.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(after)")
            try await onThread {
                try stairs.agent("stair-01").waitForOutput("mesh time: reference", within: .seconds(60))
            }
            let successor = try stairs.agent("stair-01").lines.first { $0.text.contains("mesh time: reference") }
            print("another was the reference \(((successor?.instant ?? 0) - killed) / 1_000_000) ms after the kill")
            for node in stairs.plan.stairs { #expect(try stairs.frames(of: node).largestStep < 0.15) }
        }
    }

    @Test
    func `references killed with -9 in the midst of ten activations: what make bench has at length`() async throws {
        struct Report: Decodable {
            struct Row: Decodable {
                var what: String
                var value: Double
                var limit: Double
                var isReached: Bool
                var notes: [String]
            }
            var rows: [Row]
        }
        let bench = try ChildProcess(
            try Programs.path("footlight-bench"),
            ["--only", "takeover", "--quick", "--json", "--agent", try Programs.path("footlight-agent")])
        let ending = try await bench.end(within: .seconds(60))
        guard let start = bench.output.firstIndex(of: "{") else { throw TestFailure(bench.output) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let rows = try decoder.decode(Report.self, from: Data(bench.output[start...].utf8)).rows
        #expect(rows.count == 4)
        for row in rows {
            print("\(row.what): \(row.value), at most \(row.limit)")
            // How long it takes, and when a process gets the processor, is for the bench to judge, on a machine that does
            // nothing else meanwhile. On a busy one the next kill may come first each time, and there is no figure. What clocks
            // are apart is judged here, and whether each bar lit.
            let isTime = row.what.hasPrefix("from the kill") || row.what.hasPrefix("spread of first light")
            let isTold = row.value.isFinite || row.notes.contains { $0.hasPrefix("not before the next kill") }
            let isSeen = !row.notes.contains { $0.hasSuffix("not seen") || $0.hasSuffix("did not light") }
            #expect(
                (isTime ? isTold : row.isReached) && isSeen,
                "\(row.what): \(row.value) > \(row.limit); \(row.notes.joined(separator: "; "))")
        }
        #expect(ending == .exit(rows.allSatisfy(\.isReached) ? 0 : 1))
    }

    /// What `footlight sync --json` says, as far as a clock's step could spoil it.
    struct Sync: Decodable {
        struct Zone: Decodable {
            var activations: Int
            var medianSpreadMilliseconds: Double?
            var p99SpreadMilliseconds: Double?
        }
        struct Node: Decodable {
            var node: String
            var state: String
            var offsetMilliseconds: Double?
            var errorBoundMilliseconds: Double?
        }
        var zones: [Zone]
        var nodes: [Node]
    }

    /// Expects every node's clock to be the mesh's, within a bound that is of use.
    func expectTrueClocks(_ stairs: Staircase, _ when: String) async throws {
        let sync: Sync = try await stairs.footlight("sync", "stairs", "--json").succeeded().json()
        #expect(sync.nodes.count == stairs.plan.nodes.count, "\(when): \(sync.nodes.map(\.node))")
        for node in sync.nodes {
            #expect(node.state.contains("landing"), "\(when): \(node.node) goes by \(node.state)")
            #expect(abs(node.offsetMilliseconds ?? .infinity) < MeshTimeTests.tolerance, "\(when): \(node)")
            #expect((node.errorBoundMilliseconds ?? .infinity) < MeshTimeTests.tolerance, "\(when): \(node)")
        }
        let zone = try #require(sync.zones.first)
        #expect(zone.activations > 0)
        #expect((zone.medianSpreadMilliseconds ?? .infinity) < MeshTimeTests.tolerance, "\(when): \(zone)")
    }

    @Test
    func `no light moves when one of ten nodes' clocks is set by an hour, in the midst of a wave too`() async throws {
        let stepped = "stair-04"
        try await Staircase.with(.withPIRs) { stairs in
            // A system clock that a file sets, for one process: what `date -s` does to a whole machine.
            try stairs.folder.write("0\n", to: "clock")
            try stairs.start(stepped, environment: try await settableClock("clock", in: stairs))
            try await stairs.waitUntilOnline()
            try await onThread {
                for node in stairs.plan.stairs {
                    try stairs.agent(node).waitForTime(of: "landing")
                }
            }
            try await stairs.pir("hall-pir", true)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            try await expectTrueClocks(stairs, "before")
            for jump in ["3600", "-3600"] {
                let shown = try stairs.plan.stairs.map { try stairs.frames(of: $0).count }
                try stairs.folder.write("\(jump)\n", to: "clock")
                // It looks at its system's clock for its report.
                let seen = try await systemClock(of: stepped, stairs)
                #expect(abs(seen - (Double(jump) ?? 0)) < 60, "it saw a system clock \(seen) s ahead")
                let now = try stairs.plan.stairs.map { try stairs.frames(of: $0).count }
                #expect(now == shown, "a light moved when the clock jumped")
                try await expectTrueClocks(stairs, "\(jump) s ahead")

                try await stairs.pir("hall-pir", false)
                for node in stairs.plan.stairs { try await stairs.dark(node) }
                let begin = MonotonicClock.now
                try await stairs.pir("hall-pir", true)
                // Back again in the midst of the wave.
                try await stairs.frames(of: "stair-02", "gives light") { $0.firstLight(after: begin) != nil }
                try stairs.folder.write("0\n", to: "clock")
                #expect(abs(try await systemClock(of: stepped, stairs)) < 60)
                let after = try await deviations(stairs, after: begin)
                #expect(after.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(after)")
                for node in stairs.plan.stairs { try await stairs.full(node) }
                try await expectTrueClocks(stairs, "back from \(jump) s")
            }
            for node in stairs.plan.stairs { #expect(try stairs.frames(of: node).largestStep < 0.15) }
        }
    }

    @Test
    func `boards begin in 1970: bars are as bright as one another, and as the time of day has it once known`()
        async throws
    {
        // By the true time of day 66 %, twelve hours off 33 %, at any minute of the hour.
        let now = time(nil)
        let hours = [18, 6].map { (now / 3600 + $0) % 24 }.map { $0 < 10 ? "0\($0):00" : "\($0):00" }
        var plan = StaircasePlan.withPIRs
        plan.bars = 2
        plan.profile = "[{from: \"\(hours[0])\", brightness: 66%}, {from: \"\(hours[1])\", brightness: 33%}]"
        let off = 43_200 - (now / 86_400 - 1) * 86_400
        let knowing = "stair-02"
        try await Staircase.with(plan) { stairs in
            // All lose their power, and with it their time.
            for node in stairs.plan.nodes { try stairs.agent(node).signal(SIGKILL) }
            for node in stairs.plan.nodes {
                try stairs.folder.write("\(off) 0\n", to: "\(node).clock")
                try stairs.start(node, environment: try await settableClock("\(node).clock", in: stairs))
            }
            try await onThread {
                try stairs.agent("landing").waitForOutput("mesh time: reference", within: .seconds(30))
                for node in stairs.plan.stairs { try stairs.agent(node).waitForTime(of: "landing") }
            }
            let unknown = try await check("time of day", of: "stair-01", stairs)
            #expect(!unknown.healthy && unknown.detail?.contains("clock of landing") == true, "\(unknown)")
            try await stairs.pir("hall-pir", true)
            for node in stairs.plan.stairs {
                try await stairs.frames(of: node, within: .seconds(10), "shows 33 %") {
                    abs(($0.last?.lightness ?? 0) - 0.33) < 0.001
                }
            }
            // One of them reaches a time server: not the reference, nor the sensor's node.
            let told = MonotonicClock.now
            try stairs.folder.write("0 1\n", to: "\(knowing).clock")
            _ = try await systemClock(of: knowing, stairs)
            var changes: [Int64] = []
            for node in stairs.plan.stairs {
                // No word of a reference's holds in the 30 s after it took over.
                let frames = try await stairs.frames(of: node, within: .seconds(60), "shows 66 %") {
                    abs(($0.last?.lightness ?? 0) - 0.66) < 0.001
                }
                let change = try #require(frames.first { $0.t > told && $0.lightness > 0.331 })
                changes.append(change.t)
            }
            let apart = Double(changes[1] - changes[0]) / 1e6
            print("bars changed to the true time of day \(apart) ms apart")
            #expect(abs(apart) < MeshTimeTests.tolerance, "\(apart) ms")
            let known = try await check("time of day", of: "stair-01", stairs)
            #expect(known.healthy && known.detail == "from \(knowing)", "\(known)")
            #expect(abs(known.value + Double(off)) < 60, "\(known)")
            let sync = try await stairs.footlight("sync").succeeded()
            #expect(sync.output.contains("time of day: from \(knowing)"), "\(sync.output)")
            // The reference dies, and the one that knows it: what was said goes on.
            for node in ["landing", knowing] { try stairs.agent(node).signal(SIGKILL) }
            try await onThread {
                try stairs.agent("stair-01").waitForOutput("mesh time: reference", within: .seconds(60))
            }
            #expect(try await check("time of day", of: "stair-01", stairs).detail == "from \(knowing)")
            #expect(abs((try stairs.frames(of: "stair-01").last?.lightness ?? 0) - 0.66) < 0.001)
        }
    }
}

extension ChildProcess {
    /// Waits until an agent goes by a reference's time, whomever it began with.
    fileprivate func waitForTime(of reference: String) throws {
        try waitForOutput("mesh time comes from \(reference)", within: .seconds(30))
        try waitForOutput("mesh time: synchronised", within: .seconds(30))
    }
}
