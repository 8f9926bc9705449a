internal import Hardware
internal import Lighting
internal import Mesh
internal import Node
internal import NodeFile

/// A node's bars and outputs: from what a ``NodeMachine`` says that bars show to what the hardware is told.
struct NodeBars {
    /// The bars as they were drawn last, and as they will be with the frame that is prepared.
    private var bars: [DrawnBar]
    private var prepared: (bars: [DrawnBar], changed: [Int])?
    private var outputs: [DrivenOutput]

    init(_ bars: [BarConfiguration], node: String, site: String) {
        let made = NodeOutputs(bars, node: node, site: site)
        self.bars = zip(bars, made.places).map { DrawnBar($0, at: $1) }
        outputs = made.outputs.map { DrivenOutput($0) }
    }

    /// Their names, in order.
    var names: [String] { bars.map(\.name) }

    /// When an output wants to be presented, on the monotonic clock.
    var nextDue: Int64 { outputs.reduce(Int64.max) { min($0, $1.nextDue) } }

    /// Whether something was set that isn't shown yet.
    var isStale: Bool { outputs.contains(where: \.isStale) }

    /// Whether what was set last is shown, or can't be.
    var isSettled: Bool { outputs.allSatisfy(\.isSettled) }

    /// What doesn't work, as sentences.
    var failures: [String] {
        bars.compactMap { bar in outputs[bar.place.output].failure.map { "bar \(bar.name): \($0)" } }
    }

    /// Draws the frame that the machine has drawn.
    ///
    /// - Returns: whether a bar shows something else than before.
    mutating func draw(_ machine: borrowing NodeMachine) -> Bool {
        let changed = NodeBars.draw(&bars, machine)
        set(changed)
        return !changed.isEmpty
    }

    /// Draws the frame that the machine has prepared, for later.
    mutating func prepare(_ machine: borrowing NodeMachine) {
        var bars = bars
        let changed = NodeBars.draw(&bars, machine, isPrepared: true)
        prepared = (bars, changed)
    }

    /// Sets the frame that was prepared.
    ///
    /// - Returns: whether a bar shows something else than before.
    mutating func show() -> Bool {
        guard let (bars, changed) = prepared else { return false }
        prepared = nil
        self.bars = bars
        set(changed)
        return !changed.isEmpty
    }

    /// Has all bars written once more, calculated anew, though they show what they did.
    mutating func rehearse(_ machine: borrowing NodeMachine) {
        var drawn = bars
        _ = NodeBars.draw(&drawn, machine)
        set(Array(bars.indices))
    }

    /// - Returns: the bars that show something else than before.
    private static func draw(
        _ bars: inout [DrawnBar], _ machine: borrowing NodeMachine, isPrepared: Bool = false
    ) -> [Int] {
        var changed: [Int] = []
        for index in bars.indices {
            let byPixel = bars[index].pixels > 1
            let look =
                isPrepared
                ? machine.preparedLook(ofBar: index, byPixel: byPixel) : machine.look(ofBar: index, byPixel: byPixel)
            guard let look else { continue }
            let hasChanged =
                if let pixel = look.pixel {
                    bars[index].draw(look.light, pixel: pixel)
                } else {
                    bars[index].draw(look.light, pixel: nil)
                }
            if hasChanged { changed.append(index) }
        }
        return changed
    }

    private mutating func set(_ changed: [Int]) {
        for index in changed {
            guard let frame = bars[index].frame else { continue }
            outputs[bars[index].place.output].set(frame, of: bars[index].place.part)
        }
    }

    /// Presents what is due of outputs.
    ///
    /// - Returns: whether a frame that was set was written, and the bars whose outputs fail now or work again.
    mutating func present(at now: Int64, isAtRest: Bool) -> (wrote: Bool, turned: [NodeEvent]) {
        var wrote = false
        var turned: [NodeEvent] = []
        for index in outputs.indices where outputs[index].nextDue <= now {
            let wasStale = outputs[index].isStale
            let hasTurned = outputs[index].presentIfDue(at: now, isAtRest: isAtRest)
            wrote = wrote || wasStale && !outputs[index].isStale
            guard hasTurned else { continue }
            for bar in bars where bar.place.output == index {
                turned.append(.output(bar: bar.name, failure: outputs[index].failure))
            }
        }
        return (wrote, turned)
    }

    /// Has the outputs say that they end, as soon as each has shown its last frame.
    ///
    /// - Returns: whether all have.
    mutating func end(at now: Int64) -> Bool {
        guard isSettled else { return false }
        for index in outputs.indices { outputs[index].endIfDue(at: now) }
        return outputs.allSatisfy(\.hasEnded)
    }
}
