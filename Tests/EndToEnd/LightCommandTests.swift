import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite struct LightCommandTests {
    @Test func `a zone and its bars follow manual commands`() async throws {
        try await Staircase.with(StaircasePlan(bars: 3, wave: "{delay: 20ms}")) { stairs in
            let on = try await stairs.footlight(
                "on", "stairs", "--brightness", "40%", "--colour", "2200K", "--for", "10m", "--ease", "100ms"
            ).succeeded()
            #expect(on.output.hasPrefix("stairs: on, 40%, 2200K, for 10m, until "))
            for node in stairs.plan.stairs {
                try await stairs.frames(of: node, "lit at 40%") {
                    $0.last.map { abs($0.lightness - 0.4) < 1e-3 } ?? false
                }
            }
            let zones = try await stairs.footlight("get", "zones").succeeded()
            #expect(zones.output.contains("manual, 9 min"))

            try await stairs.footlight("off", "stair-02", "--ease", "0s").succeeded()
            try await stairs.frames(of: "stair-02", "dark") { $0.last?.isDark == true }
            try await stairs.footlight("on", "stair-02/bar", "--brightness", "90%", "--ease", "0s").succeeded()
            try await stairs.frames(of: "stair-02", "lit at 90%") { $0.last.map { $0.lightness > 0.89 } ?? false }
            let others = try stairs.frames(of: "stair-03")
            #expect(others.last.map { abs($0.lightness - 0.4) < 1e-3 } == true)

            let auto = try await stairs.footlight("auto", "stairs", "--ease", "100ms").succeeded()
            #expect(auto.output == "stairs: left to its sensors\n")
            for node in stairs.plan.stairs { try await stairs.frames(of: node, "dark") { $0.last?.isDark == true } }
        }
    }

    @Test func `names that nothing has get a proposal`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            let nothing = try await shell.footlight("on", "stairs")
            #expect(nothing.code == 64 && nothing.error.contains("knows of no site \"home\"; there is none"))
            try await shell.apply("site: home\nzones: {stairs: {bars: [stair-01/left, stair-01/right]}}\n").succeeded()
            for (target, sentence) in [
                ("stars", "did you mean stairs?"), ("stair-01/lef", "there is stair-01/left, stair-01/right"),
                ("stair-01", "has several bars"), ("Stairs!", "names neither a zone nor a bar"),
                ("cellar", "there are zones and bars stair-01/left"),
            ] {
                let result = try await shell.footlight("on", target)
                #expect(result.code == 64 && result.error.contains(sentence), "\(target): \(result.error)")
            }
        }
    }

    @Test func `a zone without a node online is told of`() async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply("site: home\nzones: {stairs: {bars: [stair-01]}}\n").succeeded()
            let result = try await shell.footlight("off", "stairs")
            #expect(result.code == 69)
            #expect(result.error.contains("none of its nodes is online (stair-01)"))
        }
    }

    @Test func `where a zone and a bar share a name, the zone wins unless a bar is asked for`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1, isApplied: false)) { stairs in
            try await stairs.apply("site: home\nzones: {stair-01: {bars: [stair-01]}, hall: {bars: [stair-01/bar]}}\n")
            let zone = try await stairs.footlight("off", "stair-01").succeeded()
            #expect(zone.output == "stair-01: off\n")
            // A bar in two zones shows the brighter of them: dark is dark in both.
            let sentences = "stair-01/bar (zone hall): off\nstair-01 (zone stair-01): off\n"
            let bar = try await stairs.footlight("off", "stair-01", "--bar").succeeded()
            #expect(bar.output == sentences)
            let full = try await stairs.footlight("off", "stair-01/bar").succeeded()
            #expect(full.output == sentences)
        }
    }

    @Test func `several zones at once: each has its own answer, and one without a node takes nothing from the others`()
        async throws
    {
        try await Staircase.with(StaircasePlan(bars: 3, isApplied: false)) { stairs in
            try await stairs.apply(
                """
                site: home
                zones:
                  up-1: {bars: [stair-01]}
                  up-2: {bars: [stair-02]}
                  cellar: {bars: [stair-03]}
                  shed: {bars: [nobody]}

                """)
            let up = try await stairs.footlight("on", "up-*", "--brightness", "40%", "--ease", "100ms").succeeded()
            #expect(up.output == "TARGET  RESULT\nup-1    on, 40%\nup-2    on, 40%\n")
            for node in ["stair-01", "stair-02"] {
                try await stairs.frames(of: node, "lit at 40%") {
                    $0.last.map { abs($0.lightness - 0.4) < 1e-3 } ?? false
                }
            }
            #expect(try stairs.frames(of: "stair-03").allSatisfy(\.isDark))

            // Any is lit: all go out, and the one that was dark isn't lit.
            try await stairs.footlight("toggle", "up-2", "cellar", "--ease", "0s").succeeded()
            try await stairs.frames(of: "stair-02", "dark") { $0.last?.isDark == true }
            try await stairs.footlight("toggle", "cellar", "up-2", "--ease", "0s").succeeded()
            for node in ["stair-02", "stair-03"] {
                try await stairs.frames(of: node, "lit") { $0.last.map { $0.lightness > 0.9 } ?? false }
            }

            let all = try await stairs.footlight("off", "--all", "--ease", "0s", "--json")
            #expect(all.code == 69 && all.error == "footlight: 1 of 4 didn't take it: shed\n", "\(all.error)")
            struct Row: Decodable {
                var zone: String
                var done: Bool
                var result: String
            }
            let rows: [Row] = try all.json()
            #expect(rows.map(\.zone) == ["cellar", "shed", "up-1", "up-2"])
            #expect(rows.map(\.done) == [true, false, true, true])
            #expect(rows[1].result.contains("none of its nodes is online (nobody)"))
            for node in stairs.plan.stairs { try await stairs.frames(of: node, "dark") { $0.last?.isDark == true } }
            let table = try await stairs.footlight("auto", "--all")
            #expect(table.code == 69 && table.output.contains("cellar  left to its sensors\n"), "\(table.output)")
        }
    }

    @Test(arguments: [
        (["off"], "or --all"), (["off", "--all", "stairs"], "leave TARGET"), (["on", "x", "Y*"], "pattern"),
    ])
    func `all, or what is named`(arguments: [String], sentence: String) async throws {
        try await TestBroker.with { broker in
            let shell = try Shell(broker.address, site: "home")
            try await shell.apply("site: home\nzones: {x: {bars: [stair-01]}}\n").succeeded()
            let result = try await CommandResult.footlight(arguments, environment: shell.environment)
            #expect(result.code == 64 && result.error.contains(sentence), "\(result.error)")
        }
    }

    @Test(arguments: [
        (["--brightness", "40"], "with the % sign"), (["--colour", "blurple"], "a temperature from 1800K to 6500K"),
        (["--for", "10"], "a duration is a number with its unit"), (["--for", "8000h"], "From 1s to 168h"),
        (["--ease", "2h"], "From 0s to 60s"), (["--until", "soon"], "Only empty can be waited for"),
        (["--until", "10m"], "A time goes with --for"),
    ])
    func `options out of range are refused`(options: [String], sentence: String) async throws {
        let result = try await CommandResult.footlight(["on", "stairs"] + options)
        #expect(result.code == 64 && result.error.contains(sentence), "\(result.error)")
    }
}
