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

    private func scene(_ name: String, walkingInAt sensors: [String], after last: DemoScene?) async throws -> DemoScene
    {
        StandardError.write("Walking \(name == "both" ? "in from both ends" : name) …")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sensor in sensors { group.addTask { try await walker.walkIn(at: sensor) } }
            try await group.waitForAll()
        }
        let previous = last?.activation ?? 0
        try await feed.wait(within: DemoScript.patience, for: "motion at \(sensors[0])") { observer in
            observer.activation.map { $0.start.nanoseconds > previous } ?? false
        }
        let bars = bars
        // A bar that misses is for the report to tell; what came by then is taken as it is.
        try? await feed.wait(within: .seconds(5), for: "every bar's first light") { observer in
            observer.firstLights(of: bars, after: previous).count == bars.count
        }
        let observer = await feed.now
        return DemoScene(
            name: name, activation: observer.activation?.start.nanoseconds ?? 0,
            firstLights: observer.firstLights(of: bars, after: previous))
    }

    /// Somebody comes again while it is lit: nothing goes off until the hold has passed anew.
    private func retrigger(at sensor: String) async throws {
        StandardError.write("Walking in again while it is lit …")
        try await feed.wait(within: DemoScript.patience, for: "the end of motion") { $0.activation?.end != nil }
        guard let before = await feed.now.activation, let end = before.end else { return }
        try await walker.walkIn(at: sensor)
        let bars = bars
        try await feed.wait(within: DemoScript.patience, for: "a later end of the hold") { observer in
            observer.activation?.end.map { $0 > end } ?? false
        }
        guard await feed.now.activation?.start == before.start else {
            throw ProcessFailure("motion while lit began another activation instead of prolonging the first")
        }
        let isLit = await feed.now
        for bar in bars where isLit.report(of: bar)?.on != true {
            throw ProcessFailure("\(bar) went off although somebody moved")
        }
    }

    private func dark() async throws {
        let bars = bars
        try await feed.wait(within: DemoScript.patience, for: "darkness after the hold") { observer in
            bars.allSatisfy { observer.report(of: $0)?.on == false }
        }
    }
}

extension MeshObserver {
    /// The activation of the demo's zone.
    fileprivate var activation: Activation? { zone(DemoStaircase.zone)?.activation }

    /// The bars' first lights in activations that began after `instant`.
    fileprivate func firstLights(of bars: [String], after instant: Int64) -> [String: BarMessage.FirstLight] {
        var lights: [String: BarMessage.FirstLight] = [:]
        for bar in bars {
            guard let light = report(of: bar)?.firstLight, light.activation > instant else { continue }
            lights[bar] = light
        }
        return lights
    }
}
