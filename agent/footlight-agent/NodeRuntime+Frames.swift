internal import Hardware
internal import Lighting
internal import Mesh

extension NodeRuntime {
    func drawIfDue(at now: Int64) {
        guard let due = nextFrame, due <= now else { return }
        let next = core.draw(at: clock.mesh(at: now), interval: interval)
        nextFrame = monotonic(of: next)
        write(bars.indices.map { frame(ofBar: $0, in: core) }, due: due, at: now)
    }

    /// When a frame is to be prepared: shortly before a cue that finds the bars at rest.
    var preparationDue: Int64 {
        guard prepared == nil, nextFrame == nil, let nextCue else { return .max }
        return nextCue - PreparedFrame.ahead
    }

    /// Calculates the next cue's first frame, once its time is near.
    func prepareIfDue(at now: Int64) {
        guard preparationDue <= now, let nextCue, nextCue > now else { return }
        var core = core
        let next = core.draw(at: clock.mesh(at: nextCue), interval: interval)
        prepared = PreparedFrame(
            due: nextCue, core: core, frames: bars.indices.map { frame(ofBar: $0, in: core) }, next: next)
    }

    /// Writes the prepared frame when its time has come.
    ///
    /// - Returns: whether it did.
    func presentIfDue(at now: Int64) -> Bool {
        guard let prepared, prepared.due <= now else { return false }
        self.prepared = nil
        guard now - prepared.due < PreparedFrame.limit else { return false }
        core = prepared.core
        nextFrame = monotonic(of: prepared.next)
        write(prepared.frames, due: prepared.due, at: now)
        return true
    }

    /// What a bar is to be written; nil if that is what was written last.
    private func frame(ofBar index: Int, in core: NodeCore) -> Frame? {
        let light = core.light(ofBar: index)
        let drive = bars[index].channels.drive(light, trim: bars[index].trim)
        return drive == bars[index].written ? nil : Frame(channels: drive, lightness: light.lightness)
    }

    private func write(_ frames: [Frame?], due: Int64, at now: Int64) {
        var wrote = false
        for (index, frame) in frames.enumerated() {
            guard let frame else { continue }
            wrote = true
            bars[index].written = frame.channels
            write(frame, to: index, at: now)
        }
        guard wrote else { return }
        let written = SystemClock.monotonicNow
        core.written(at: clock.mesh(at: written))
        frameStatistics.drew(late: written - due)
        let isLit = bars.indices.contains { core.light(ofBar: $0).lightness > .dark }
        guard isLit != toldLit else { return }
        toldLit = isLit
        tell(.lit(isLit), at: now)
    }

    private func write(_ frame: Frame, to index: Int, at now: Int64) {
        var failure: String?
        do throws(HardwareError) {
            try bars[index].output.write(frame)
        } catch {
            failure = error.description
        }
        guard bars[index].failed != (failure != nil) else { return }
        bars[index].failed = failure != nil
        for action in core.handle(.output(bar: bars[index].name, failure: failure), at: clock.mesh(at: now)) {
            perform(action, at: now)
        }
        plan(at: now)
    }
}
