internal import Hardware
internal import Lighting
internal import Mesh

extension NodeRuntime {
    func drawIfDue(at now: Int64) {
        guard let due = nextFrame, due <= now else { return }
        let next = core.draw(at: clock.mesh(at: now), interval: interval)
        nextFrame = next.map(clock.monotonic(of:))
        var wrote = false
        for index in bars.indices {
            let light = core.light(ofBar: index)
            let drive = bars[index].channels.drive(light, trim: bars[index].trim)
            guard drive != bars[index].written else { continue }
            wrote = true
            bars[index].written = drive
            write(Frame(channels: drive, lightness: light.lightness), to: index, at: now)
        }
        guard wrote else { return }
        let isLit = bars.indices.contains { core.light(ofBar: $0).lightness > .dark }
        if isLit != toldLit {
            toldLit = isLit
            tell(.lit(isLit), at: now)
        }
        let written = SystemClock.monotonicNow
        core.written(at: clock.mesh(at: written))
        frames.drew(late: written - due)
    }

    func write(_ frame: Frame, to index: Int, at now: Int64) {
        var failure: String?
        do throws(HardwareError) {
            try bars[index].output.write(frame)
        } catch {
            failure = error.description
        }
        guard bars[index].failed != (failure != nil) else { return }
        bars[index].failed = failure != nil
        let mesh = clock.mesh(at: now)
        for action in core.handle(.output(bar: bars[index].name, failure: failure), at: mesh) {
            perform(action, at: now)
        }
        nextDue = core.nextDue(after: mesh).map(clock.monotonic(of:)) ?? .max
    }
}
