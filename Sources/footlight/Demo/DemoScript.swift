internal import Lighting
internal import Mesh
internal import Processes

/// The demo that walks by itself.
struct DemoScript: Sendable {
    /// How long after an activation all bars have told of their first light: the wave, the ease, and a second's grace.
    private static let patience = Duration.seconds(15)

    let feed: MeshFeed
    let walker: DemoWalker
    let bars: [String]

    /// Walks up, down, from both ends at once, and again before the light goes off.
    ///
    /// - Throws: `ProcessFailure` where something that should happen doesn't.
    func run() async throws -> [DemoScene] {
        var scenes: [DemoScene] = []
        let bottom = walker.staircase.bottom
        scenes.append(try await scene("up", walkingInAt: [bottom], after: scenes.last))
        try await dark()
        scenes.append(try await scene("down", walkingInAt: [DemoStaircase.top], after: scenes.last))
        try await dark()
        scenes.append(try await scene("both", walkingInAt: [bottom, DemoStaircase.top], after: scenes.last))
        try await retrigger(at: bottom)
        try await dark()
        return scenes
    }

    private func scene(_ name: String, walkingInAt sensors: [String], after last: DemoScene?) async throws -> DemoScene {
        StandardError.write("Walking \(name == "both" ? "in from both ends" : name) …")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sensor in sensors { group.addTask { try await walker.walkIn(at: sensor) } }
            try await group.waitForAll()
        }
        let previous = last?.activation ?? 0
        let start = try await feed.wait(within: DemoScript.patience, for: "motion at \(sensors[0])") { observer in
            observer.zone(DemoStaircase.zone)?.activation.flatMap { $0.start.nanoseconds > previous ? $0.start : nil }
        }
        let bars = bars
        let collect: @Sendable (MeshObserver) -> [String: BarMessage.FirstLight] = { observer in
            var lights: [String: BarMessage.FirstLight] = [:]
            for bar in bars {
                guard let light = observer.report(of: bar)?.firstLight, light.activation > previous else { continue }
                lights[bar] = light
            }
            return lights
        }
        // A bar that misses is for the report to tell; so what came by then is taken as it is.
        let all = try? await feed.wait(within: .seconds(5), for: "every bar's first light") { observer in
            let lights = collect(observer)
            return lights.count == bars.count ? lights : nil
        }
        let lights: [String: BarMessage.FirstLight]
        if let all { lights = all } else { lights = collect(await feed.now) }
        return DemoScene(name: name, activation: start.nanoseconds, firstLights: lights)
    }

    /// Somebody comes again while it is lit: nothing goes off until the hold has passed anew.
    private func retrigger(at sensor: String) async throws {
        StandardError.write("Walking in again while it is lit …")
        let before = try await feed.wait(within: DemoScript.patience, for: "the end of motion") { observer in
            observer.zone(DemoStaircase.zone)?.activation.flatMap { $0.end == nil ? nil : $0 }
        }
        try await walker.walkIn(at: sensor)
        let bars = bars
        let after = try await feed.wait(within: DemoScript.patience, for: "a later end of the hold") { observer in
            observer.zone(DemoStaircase.zone)?.activation.flatMap { activation -> Activation? in
                guard let end = activation.end, let old = before.end, end > old else { return nil }
                return activation
            }
        }
        guard after.start == before.start else {
            throw ProcessFailure("motion while lit began another activation instead of prolonging the first")
        }
        let isLit = await feed.now
        for bar in bars where isLit.report(of: bar)?.on != true {
            throw ProcessFailure("\(bar) went off although somebody moved")
        }
    }

    private func dark() async throws {
        let bars = bars
        _ = try await feed.wait(within: DemoScript.patience, for: "darkness after the hold") { observer in
            bars.allSatisfy { observer.report(of: $0)?.on == false } ? true : nil
        }
    }
}
