internal import ArgumentParser
internal import Configuration
internal import Lighting
internal import Mesh
internal import Platform
internal import Replay

/// `footlight replay`: a log of real motion through the zone core, or onto the running mesh.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run a log of real motion, to choose a hold time by evidence.",
        discussion: """
            Reads the logs that people have (other sensors are skipped and counted), packed by gzip or not: Home \
            Assistant's history (CSV), zigbee2mqtt's log, mosquitto_sub -F '%I %t %p', InfluxDB's and Node-RED's \
            tables, CASAS; docs/replay.md shows how to get each. It runs them, months in seconds, through the same core that the nodes run. For each hold time it shows how \
            long the light would have been on, how often it would have gone on, and how often it would have gone off on \
            somebody: motion again within 10 s of going dark.

            Without --sensors, --map and --zone all motion sensors of the log make one zone: by their names (M003, \
            hall_motion, …), or by a field occupancy, presence or motion of what they say.

            EXAMPLES
              footlight replay aruba.txt
              footlight replay aruba.txt --sensors M001,M003 --hold 45s --by hour
              footlight replay aruba.txt --map M003=stair-01/bottom --map M007=landing/top \\
                  --zone stairs --site-file site.yaml
              footlight replay history.csv --time-zone Europe/Berlin --by hour --picture holds.svg
              footlight replay aruba.txt.gz --json
              footlight replay day.txt --map M003=stair-01/bottom --live --speed 60
            """)

    @Argument(
        help: ArgumentHelp("The log; several in the order of their dates. - is standard input.", valueName: "TRACE"),
        completion: .file())
    var traces: [String]

    @Option(
        help: ArgumentHelp(
            "A hold time to try; repeat it for more. (default: 30s 60s 120s 300s, and the zone's own)",
            valueName: "TIME"), transform: ArgumentText.duration(in: Zone.holdRange, example: "60s"))
    var hold: [Duration] = []

    @OptionGroup var sensors: SensorOptions

    @Option(
        help: ArgumentHelp(
            "A sensor that is ON for longer is left out until OFF. (default: 1h)", valueName: "TIME"),
        transform: ArgumentText.duration(in: .seconds(60)...(.seconds(86_400)), example: "1h"))
    var stuckLimit: Duration = .seconds(3600)

    @Option(
        help: ArgumentHelp(
            "How often a week the light may go off on somebody, of a hold that is to be recommended. (default: 7)",
            valueName: "TIMES"))
    var tolerate: Double?

    @Option(
        help: ArgumentHelp("A histogram for each hold: by hour or by weekday.", valueName: "hour|weekday"),
        transform: { text in
            guard let histogram = Histogram(rawValue: text) else { throw ValidationError("By hour or by weekday.") }
            return histogram
        })
    var by: Histogram?

    @Option(
        help: ArgumentHelp(
            "Whose clock the hours are by, where the log is in UTC. (default: UTC)", valueName: "ZONE"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp("Draw hours lit by hold time, and the hold recommended, as SVG.", valueName: "FILE"),
        completion: .file(extensions: ["svg"]))
    var picture: String?

    @Flag(help: "Write JSON in place of tables.")
    var json = false

    @Flag(help: "Play it on the running mesh: each motion triggers the sensor that --map names.")
    var live = false

    @Option(help: ArgumentHelp("How many times as fast as it was, with --live. (default: 1)", valueName: "FACTOR"))
    var speed: Double?

    @OptionGroup(title: "With --live") var site: SiteOptions

    func validate() throws {
        if let speed {
            guard live else { throw ValidationError("--speed is for --live; without that, time is virtual.") }
            guard (0.01...100_000).contains(speed) else {
                throw ValidationError("--speed \(speed) is not within 0.01…100000.")
            }
        }
        if let tolerate, !(0...1e9).contains(tolerate) {
            throw ValidationError("--tolerate \(tolerate) is no number of times a week.")
        }
        if traces.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read but once.") }
        if live, sensors.map.isEmpty {
            throw ValidationError("--live needs --map: which sensor is triggered by which?")
        }
        if live, json || by != nil || !hold.isEmpty || picture != nil {
            throw ValidationError(
                "--hold, --by, --picture and --json are of the replay in virtual time; leave them or --live out.")
        }
    }

    func run() async throws {
        var selection = try sensors.selection()
        selection.clock = try clock()
        if live {
            let log = try await TraceReader.pulses(of: traces, selection, longest: stuckLimit)
            try await LivePlayer(pulses: log.pulses, places: log.places, speed: speed ?? 1)
                .play(on: site, named: selection.site)
            return
        }
        let report = try await VirtualPlayer(
            selection: selection, holds: holds(of: selection), stuckLimit: stuckLimit, tolerated: tolerate ?? 7
        ).play(traces)
        if let picture, let why = WholeFile.replace(picture, with: Array(HoldPicture(report).svg.utf8)) {
            throw Failure(.badFile, "the picture can't be written: \(why)")
        }
        if json {
            try JSONOutput.show(ReplayJSON(report, by: by))
            return
        }
        for line in report.logLines + [""] + report.tableLines { Screen.show("\(line)") }
        if let by { for line in report.histogramLines(by) { Screen.show("\(line)") } }
        for line in [""] + report.recommendationLines { Screen.show("\(line)") }
    }

    /// What clocks on the wall showed, all the time that a log may be of.
    private func clock() throws -> CivilClock {
        guard let timeZone else { return .utc }
        // 1971 to 2099.
        let start = MeshInstant(nanoseconds: 31_622_400_000_000_000)
        guard let clock = CivilClock.system(timeZone: timeZone, from: start, days: 47_000) else {
            throw ValidationError("--time-zone \(timeZone) is none that this machine knows; such as Europe/Berlin.")
        }
        return clock
    }

    /// The hold times to try, each once, from short to long.
    private func holds(of selection: SensorSelection) -> [Duration] {
        guard hold.isEmpty else { return Set(hold).sorted() }
        let usual = (picture == nil ? [30, 60, 120, 300] : [15, 30, 45, 60, 90, 120, 180, 300, 600]).map {
            Duration.seconds($0)
        }
        return Set(usual + (selection.zone.map { [$0.hold] } ?? [])).sorted()
    }
}
