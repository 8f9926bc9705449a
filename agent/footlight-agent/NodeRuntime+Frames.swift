internal import Hardware
internal import Lighting
internal import Logging
internal import Mesh

extension NodeRuntime {
    /// Draws the frame that is due, and presents the outputs that have something to show or want to show it again.
    func drawIfDue(at now: Int64) {
        var due: Int64?
        if let nextFrame, nextFrame <= now, draw(at: now) { due = nextFrame }
        let presented = present(at: now)
        guard due != nil || presented else { return }
        let isLit = bars.indices.contains { core.light(ofBar: $0).lightness > .dark }
        if isLit != toldLit {
            toldLit = isLit
            tell(.lit(isLit), at: now)
        }
        // A bus that is still busy with the last frame gets this one later.
        guard !outputs.contains(where: \.isStale) else { return }
        let written = SystemClock.monotonicNow
        core.written(at: clock.mesh(at: written))
        if let due { frames.drew(late: written - due) }
        if nextFrame == nil, !stopping, let error = memory?.keep(bars.indices.map { (bars[$0].name, core.light(ofBar: $0)) })
        {
            log.warning("what bars show can't be remembered: \(error)")
        }
    }

    /// - Returns: whether anything has changed.
    private func draw(at now: Int64) -> Bool {
        let mesh = clock.mesh(at: now)
        nextFrame = core.draw(at: mesh, interval: interval).map(clock.monotonic(of:))
        var hasChanged = false
        for index in bars.indices {
            let pixel: ((Double) -> Light)? =
                bars[index].pixels > 1 && !core.isUniform(bar: index)
                ? { self.core.light(ofBar: index, at: $0) } : nil
            guard bars[index].draw(core.light(ofBar: index), pixel: pixel), let frame = bars[index].frame else { continue }
            hasChanged = true
            outputs[bars[index].place.output].set(frame, of: bars[index].place.part)
        }
        return hasChanged
    }

    /// - Returns: whether an output has shown what it hadn't before.
    private func present(at now: Int64) -> Bool {
        var presented = false
        for index in outputs.indices {
            let wasStale = outputs[index].isStale
            let hasTurned = outputs[index].presentIfDue(at: now, isAtRest: nextFrame == nil)
            presented = presented || wasStale && !outputs[index].isStale
            guard hasTurned else { continue }
            let mesh = clock.mesh(at: now)
            for bar in bars where bar.place.output == index {
                let event = NodeEvent.output(bar: bar.name, failure: outputs[index].failure)
                for action in core.handle(event, at: mesh) { perform(action, at: now) }
            }
            nextDue = core.nextDue(after: mesh).map(clock.monotonic(of:)) ?? .max
        }
        return presented
    }
}
