internal import ArgumentParser
internal import Configuration
internal import Glibc
internal import Lighting
internal import MQTT
internal import Mesh
internal import Processes

/// `footlight demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A staircase on this machine: a broker, an agent for each bar, a sensor at each end.",
        discussion: """
            Starts a private mosquitto and real agents, each a process of its own, and draws the stairs live.
            b and t walk in at the bottom and at the top; q ends everything.

            Where the output is no terminal, or with --script, it walks by itself: up, down, from both ends at once,
            and again before the light goes off; then it prints, for each bar, the planned and the actual instant of
            first light. The exit code is 0, or 1 if a bar missed.

            EXAMPLES
              footlight demo
              footlight demo --bars 16
              footlight demo --script
            """)

    @Option(help: ArgumentHelp("How many bars, 1 to 100.", valueName: "N"))
    var bars = 10

    @Flag(help: "Walk by itself, print the instants of first light, and exit.")
    var script = false

    @Flag(help: "With --script: print JSON.")
    var json = false

    func validate() throws {
        guard (1...100).contains(bars) else { throw ValidationError("From 1 to 100 bars are allowed.") }
    }

    func run() async throws {
        let isScripted = script || json || isatty(1) == 0
        let look = "{brightness: 70%, colour: 2700K, easeIn: 400ms, easeOut: 1.5s, curve: smooth}"
        let bars = bars
        if isScripted { StandardError.write("Starting mosquitto and \(bars + 1) agents …") }
        let staircase = try await onThread { try DemoStaircase(bars: bars, look: look, hold: "5s") }
        defer { withExtendedLifetime(staircase) {} }
        var configuration = MQTTConfiguration(addresses: [staircase.broker.address], clientID: "footlight-demo")
        configuration.connectTimeout = .seconds(3)
        do {
            try await MQTTClient.withClient(configuration) { client in
                let address = try await client.connected().address
                let session = SiteSession(client: client, site: DemoStaircase.site, broker: address)
                try await play(staircase, session, isScripted: isScripted)
            }
        } catch let failure as ProcessFailure {
            StandardError.write(lines: staircase.complaints)
            throw Failure(.notSo, failure.description)
        }
    }

    private func play(_ staircase: DemoStaircase, _ session: SiteSession, isScripted: Bool) async throws {
        let feed = MeshFeed(site: DemoStaircase.site)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await feed.listen(to: session.client) }
            let nodes = staircase.bars + ["landing"]
            try await feed.wait(within: .seconds(15), for: "all \(nodes.count) agents online") { observer in
                nodes.allSatisfy { observer.presence.isOnline($0) }
            }
            let file = try SiteFile(text: staircase.siteText, file: "the demo's site")
            let plan = SitePlan(file, on: try await session.snapshot(), force: false)
            try await SitePublisher(session: session, plan: plan).publish()
            try await feed.wait(within: .seconds(10), for: "the zone's state") { observer in
                observer.reports[DemoStaircase.zone] != nil
            }
            let walker = DemoWalker(session: session, staircase: staircase)
            if isScripted {
                let scenes = try await DemoScript(feed: feed, walker: walker, bars: staircase.bars).run()
                try DemoReport(scenes: scenes, bars: staircase.bars).show(json: json)
            } else if let terminal = RawTerminal() {
                let screen = LiveScreen(
                    feed: feed, zones: [DemoStaircase.zone], help: "b walks in at the bottom   t at the top   q quits"
                ) { key in
                    switch key {
                    case UInt8(ascii: "b"): try await walker.walkIn(at: staircase.bottom)
                    case UInt8(ascii: "t"): try await walker.walkIn(at: DemoStaircase.top)
                    default: break
                    }
                }
                try await screen.run(on: terminal)
            }
            group.cancelAll()
        }
    }
}
