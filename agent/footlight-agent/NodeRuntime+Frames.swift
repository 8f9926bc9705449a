internal import Hardware
internal import Lighting
internal import Logging
internal import Mesh

extension NodeRuntime {
    /// Draws the frame that is due, and presents the outputs that have something to show or want to show it again.
    func drawIfDue(at now: Int64) {
        guard let due = nextFrame, due <= now else { return present(due: nil, at: now) }
        let (changed, next) = draw(&core, &bars, at: clock.mesh(at: now))
        nextFrame = monotonic(of: next)
        set(changed)
        present(due: changed.isEmpty ? nil : due, at: now)
        rememberAtRest()
    }

    /// When a frame is to be prepared: shortly before a cue that finds the bars at rest.
    var preparationDue: Int64 {
        guard prepared == nil, nextFrame == nil, let nextCue else { return .max }
        return nextCue - PreparedFrame.ahead
    }

    /// Calculates the next cue's first frame, once its time is near.
    func prepareIfDue(at now: Int64) {
        guard preparationDue <= now, let nextCue, nextCue > now else { return }
        var (core, bars) = (core, bars)
        let (changed, next) = draw(&core, &bars, at: clock.mesh(at: nextCue))
        prepared = PreparedFrame(due: nextCue, core: core, bars: bars, changed: changed, next: next)
    }

    /// Shows the prepared frame when its time has come.
    ///
    /// - Returns: whether it did.
    func presentIfDue(at now: Int64) -> Bool {
        guard let prepared, prepared.due <= now else { return false }
        self.prepared = nil
        guard now - prepared.due < PreparedFrame.limit else { return false }
        core = prepared.core
        bars = prepared.bars
        nextFrame = monotonic(of: prepared.next)
        set(prepared.changed)
        present(due: prepared.changed.isEmpty ? nil : prepared.due, at: now)
        rememberAtRest()
        return true
    }

    /// Calculates what bars show at an instant.
    ///
    /// - Returns: the bars that show something else than before, and when the next frame is due.
    func draw(
        _ core: inout NodeCore, _ bars: inout [DrawnBar], at instant: MeshInstant
    ) -> (changed: [Int], next: MeshInstant?) {
        let next = core.draw(at: instant, interval: interval)
        var changed: [Int] = []
        for index in bars.indices {
            var pixel: ((Double) -> Light)?
            if bars[index].pixels > 1, !core.isUniform(bar: index) {
                let drawn = core
                pixel = { drawn.light(ofBar: index, at: $0) }
            }
            if bars[index].draw(core.light(ofBar: index), pixel: pixel) { changed.append(index) }
        }
        return (changed, next)
    }

    private func set(_ changed: [Int]) {
        for index in changed {
            guard let frame = bars[index].frame else { continue }
            outputs[bars[index].place.output].set(frame, of: bars[index].place.part)
        }
    }

    /// Presents what is due of outputs.
    ///
    /// - Parameter due: when the frame that was just set was due, if one was.
    func present(due: Int64?, at now: Int64) {
        var presented = due != nil
        for index in outputs.indices where outputs[index].nextDue <= now {
            let wasStale = outputs[index].isStale
            let hasTurned = outputs[index].presentIfDue(at: now, isAtRest: nextFrame == nil)
            presented = presented || wasStale && !outputs[index].isStale
            if hasTurned { tellFailure(ofOutput: index, at: now) }
        }
        guard presented else { return }
        // A bus that is still busy with the last frame gets this one later.
        if !outputs.contains(where: \.isStale) {
            let written = SystemClock.monotonicNow
            core.written(at: clock.mesh(at: written))
            if let due { frameStatistics.drew(late: written - due) }
        }
        let isLit = core.isLit
        if isLit != toldLit {
            toldLit = isLit
            tell(.lit(isLit), at: now)
        }
    }

    /// Remembers what bars show, once they have come to rest: with their last frame, also where it changes nothing.
    private func rememberAtRest() {
        guard nextFrame == nil, !stopping else { return }
        memory?.keep(bars.indices.map { (bars[$0].name, core.light(ofBar: $0)) }, at: SystemClock.monotonicNow)
    }

    private func tellFailure(ofOutput index: Int, at now: Int64) {
        for bar in bars where bar.place.output == index {
            let event = NodeEvent.output(bar: bar.name, failure: outputs[index].failure)
            for action in core.handle(event, at: clock.mesh(at: now)) { perform(action, at: now) }
        }
        plan(at: now)
    }
}
