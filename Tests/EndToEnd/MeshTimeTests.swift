import Glibc
import Lighting
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("Mesh time goes on, whoever dies and whatever clock is set", .serialized)
struct MeshTimeTests {
    /// Half the delay between two bars, as in ``WaveTests/tolerance``.
    static let tolerance = 25.0

    /// A clock_gettime whose CLOCK_REALTIME is as many seconds off as the file CLOCK_FILE says.
    static let settableClock = """
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <time.h>
        #include <unistd.h>
        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME && result == 0) {
                char text[32] = {0};
                int file = open(getenv("CLOCK_FILE"), O_RDONLY);
                if (file >= 0) { if (read(file, text, 31) > 0) time->tv_sec += atol(text); close(file); }
            }
            return result;
        }
        """

    /// How far a node sees its system's clock ahead of mesh time, in seconds.
    func systemClock(of node: String, _ stairs: Staircase) async throws -> Double {
        let messages = try await stairs.client.messages([Topic.health(node: node).name(site: stairs.plan.site)])
        #expect(try await stairs.act(ActionMessage(action: "report", id: ""), on: node).done)
        return try await withDeadline(.seconds(5), "a report of \(node)") {
            for try await message in messages {
                let health = try JSON.decode(HealthMessage.self, from: message.payload)
                if let check = health.checks.first(where: { $0.check == "system clock" }) { return check.value }
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

    @Test("The reference is killed with -9: another takes over, and waves run on as if nothing had been")
    func referenceKilled() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 5
        try await Staircase.with(plan) { stairs in
            // The lowest name is the reference: it has the sensor at the top and no bar.
            try await onThread {
                try stairs.agent("landing").waitForOutput("mesh time: reference", within: .seconds(10))
                try stairs.agent("stair-05").waitForOutput("mesh time: synchronised, by landing", within: .seconds(20))
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
            print("another was the reference at most \((MonotonicClock.now - killed) / 1_000_000) ms after the kill")
            for node in stairs.plan.stairs { #expect(try stairs.frames(of: node).largestStep < 0.15) }
        }
    }

    @Test("Somebody sets the clock of a node an hour ahead, and back: no light moves, and the next wave is in step")
    func systemClockJumps() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 3
        try await Staircase.with(plan) { stairs in
            // A system clock that a file sets, for one process: what `date -s` does to a whole machine.
            try stairs.folder.write(MeshTimeTests.settableClock, to: "clock.c")
            let clock = "\(stairs.folder.path)/clock.so"
            let compiler = try ChildProcess(
                "gcc", ["-shared", "-fPIC", "-O2", "-o", clock, "\(stairs.folder.path)/clock.c"])
            #expect(try await compiler.end() == .exit(0), "\(compiler.output)")
            try stairs.folder.write("0\n", to: "clock")
            try stairs.start(
                "stair-02",
                environment: ["LD_PRELOAD": clock, "CLOCK_FILE": "\(stairs.folder.path)/clock"])
            try await stairs.waitUntilOnline()
            try await onThread {
                try stairs.agent("stair-02").waitForOutput("mesh time: synchronised", within: .seconds(20))
            }
            try await stairs.pir("hall-pir", true)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            let shown = try stairs.frames(of: "stair-02").count
            for jump in ["3600", "-3600", "0"] {
                try stairs.folder.write("\(jump)\n", to: "clock")
                // It looks at its system's clock for its report.
                let seen = try await systemClock(of: "stair-02", stairs)
                #expect(abs(seen - (Double(jump) ?? 0)) < 60, "it saw a system clock \(seen) s ahead")
                #expect(try stairs.frames(of: "stair-02").count == shown, "the light moved when the clock jumped")
            }
            try stairs.folder.write("3600\n", to: "clock")
            #expect(try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-02").done)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.dark(node) }
            let begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            let after = try await deviations(stairs, after: begin)
            #expect(after.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(after)")
        }
    }
}
