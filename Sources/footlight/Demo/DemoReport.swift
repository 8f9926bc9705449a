internal import Mesh

/// The planned and the actual instants of first light.
struct DemoReport {
    /// A bar later than this has missed its place in the wave: the delay between two bars.
    private static let missedMilliseconds = 50.0

    let scenes: [DemoScene]
    let bars: [String]

    private struct Line: Encodable {
        var scene: String
        var bar: String
        /// After the activation's start.
        var plannedMilliseconds: Double?
        var actualMilliseconds: Double?
        var deviationMilliseconds: Double?
        var missed: Bool
    }

    private var lines: [Line] {
        scenes.flatMap { scene in
            bars.map { bar in
                guard let light = scene.firstLights[bar] else { return Line(scene: scene.name, bar: bar, missed: true) }
                let deviation = light.deviationMilliseconds
                let start = Double(scene.activation)
                return Line(
                    scene: scene.name, bar: bar, plannedMilliseconds: (Double(light.planned) - start) / 1e6,
                    actualMilliseconds: (Double(light.actual) - start) / 1e6, deviationMilliseconds: deviation,
                    missed: abs(deviation) > DemoReport.missedMilliseconds)
            }
        }
    }

    /// Prints it.
    ///
    /// - Throws: ``Failure`` if a bar missed.
    func show(json: Bool) throws {
        let lines = lines
        if json {
            try JSONOutput.show(lines)
        } else {
            show(lines)
        }
        let missed = lines.filter(\.missed)
        guard missed.isEmpty else {
            let names = missed.map { "\($0.bar) (\($0.scene))" }.joined(separator: ", ")
            throw Failure(.notSo, "\(Words.count(missed.count, "bar")) missed: \(names)")
        }
    }

    private func show(_ lines: [Line]) {
        Screen.show("First light in milliseconds after the motion: planned, actual, and how far apart.\n")
        var table = Table(["BAR"] + scenes.flatMap { [$0.name.uppercased(), "ACTUAL", "OFF BY"] })
        for bar in bars {
            let cells = lines.filter { $0.bar == bar }.flatMap { line -> [Table.Cell] in
                guard let planned = line.plannedMilliseconds, let actual = line.actualMilliseconds,
                    let deviation = line.deviationMilliseconds
                else { return ["–", "missed", "–"] }
                let style: Style = line.missed ? .red : .dim
                return [
                    Table.Cell(Milliseconds.text(planned)), Table.Cell(Milliseconds.text(actual)),
                    Table.Cell(Milliseconds.text(deviation), style),
                ]
            }
            table.add([Table.Cell(bar)] + cells)
        }
        table.show()
        let deviations = lines.compactMap(\.deviationMilliseconds).map(abs).sorted()
        guard let worst = deviations.last else { return }
        Screen.show(
            "\n\(deviations.count) of \(lines.count) first lights; off by \(Milliseconds.text(deviations[deviations.count / 2]))"
                + " ms at the median, \(Milliseconds.text(worst)) ms at worst.")
    }
}
