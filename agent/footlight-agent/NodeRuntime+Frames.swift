internal import Hardware
internal import Lighting
internal import Mesh
internal import Node
internal import Platform

extension NodeRuntime {
    /// Draws the frame that is due, and presents the outputs that have something to show or want to show it again.
    func drawIfDue(at now: Int64) {
        guard let due = machine.draw(at: now) else { return present(due: nil, at: now) }
        present(due: bars.draw(machine) ? due : nil, at: now)
        rememberAtRest()
    }

    /// Calculates the next cue's first frame, once its time is near.
    func prepareIfDue(at now: Int64) {
        if machine.prepare(at: now) { bars.prepare(machine) }
    }

    /// Shows the prepared frame when its time has come.
    func showIfDue(at now: Int64) {
        guard let due = machine.show(at: now) else { return }
        present(due: bars.show() ? due : nil, at: now)
        rememberAtRest()
    }

    /// Presents what is due of outputs.
    ///
    /// - Parameter due: when the frame that was just set was due, if one was.
    private func present(due: Int64?, at now: Int64) {
        let (wrote, turned) = bars.present(at: now, isAtRest: !machine.isDrawing)
        for event in turned { tell(.node(event), at: now) }
        guard wrote || due != nil else { return }
        // A bus that is still busy with the last frame gets this one later.
        let isStale = bars.isStale
        tell(.written(due: due, toAll: !isStale), at: isStale ? now : MonotonicClock.now)
    }

    /// Draws a frame that nobody sees, to the LEDs: what the bars show anyhow, calculated and written once more.
    func probe(at now: Int64) {
        bars.rehearse(machine)
        answerProbes(at: now)
    }

    /// Answers the probes whose frame has been written, or can't be.
    func answerProbes(at now: Int64) {
        guard machine.isProbed else { return }
        present(due: nil, at: now)
        // A bus that is still busy has it next time.
        let failures = bars.failures
        guard !failures.isEmpty || !bars.isStale else { return }
        let failure = failures.isEmpty ? nil : failures.joined(separator: "; ")
        tell(.probed(failure: failure), at: MonotonicClock.now)
    }

    /// Remembers what bars show, once they have come to rest: with their last frame, also where it changes nothing.
    private func rememberAtRest() {
        guard !machine.isDrawing, !stopping else { return }
        let names = bars.names
        memory?.keep(names.indices.map { (names[$0], machine.look(ofBar: $0).light) }, at: MonotonicClock.now)
    }

    /// What the bars show, by `node/bar`.
    var lights: [String: Light] {
        let shown = bars.names.enumerated().map { ("\(machine.name)/\($1)", machine.look(ofBar: $0).light) }
        return Dictionary(uniqueKeysWithValues: shown)
    }
}
