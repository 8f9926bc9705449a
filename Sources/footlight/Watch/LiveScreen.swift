internal import Lighting
internal import Mesh

/// Zones drawn live on a terminal until a key ends it.
struct LiveScreen {
    /// How often the page is drawn: as smooth as terminals are.
    private static let interval = Duration.milliseconds(33)

    let feed: MeshFeed
    /// The zones to draw; none: all.
    let zones: [String]
    /// What stands at the bottom.
    let help: String
    /// Does what a key asks for.
    let press: (UInt8) async throws -> Void

    /// Draws until q, Escape or Ctrl-C.
    func run(on terminal: RawTerminal) async throws {
        let clock = ContinuousClock()
        var drawn: [StyledLine] = []
        while true {
            let next = clock.now + LiveScreen.interval
            for key in terminal.keys() {
                if Key.quits(key) { return }
                try await press(key)
            }
            let lines = await page(size: terminal.size)
            if lines != drawn { terminal.show(lines) }
            drawn = lines
            try await Task.sleep(until: next, clock: clock)
        }
    }

    private func page(size: (columns: Int, rows: Int)) async -> [StyledLine] {
        let observer = await feed.now
        let names = zones.isEmpty ? observer.zoneNames : zones
        var lines: [StyledLine] = []
        for name in names {
            let picture = ZonePicture(
                name: name, observer: observer, bars: await feed.lights(of: name), now: .now, columns: size.columns,
                rows: (size.rows - 2) / max(1, names.count), colourful: Screen.isColourful(1))
            lines += picture.lines + [""]
        }
        if names.isEmpty { lines = ["No zones yet; footlight apply site.yaml makes them.", ""] }
        return lines + [Style.dim.paint(help, if: Screen.isColourful(1))]
    }
}
