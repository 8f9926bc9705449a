internal import Hardware
internal import Mesh

extension NodeRuntime {
    /// Draws a frame that nobody sees, to the LEDs: what the bars show anyhow, calculated and written once more.
    func probe(_ id: String, at now: Int64) {
        let began = SystemClock.monotonicNow
        var (core, drawn) = (core, bars)
        _ = draw(&core, &drawn, at: clock.mesh(at: began))
        for bar in bars {
            guard let frame = bar.frame else { continue }
            outputs[bar.place.output].set(frame, of: bar.place.part)
        }
        care.probes.append((id, began))
        answerProbes(at: now)
    }

    /// Answers the probes whose frame has been written, or can't be.
    func answerProbes(at now: Int64) {
        guard !care.probes.isEmpty else { return }
        present(due: nil, at: now)
        // A bus that is still busy has it next time.
        let failures = bars.compactMap { bar in outputs[bar.place.output].failure.map { "bar \(bar.name): \($0)" } }
        guard !failures.isEmpty || !outputs.contains(where: \.isStale) else { return }
        let written = SystemClock.monotonicNow
        let probes = care.probes
        care.probes = []
        for (id, began) in probes {
            let figures = ["frameMilliseconds": Double(written - began) / 1e6, "bars": Double(bars.count)]
            let failure = failures.isEmpty ? nil : failures.joined(separator: "; ")
            handle(.finished(id: id, figures: figures, failure: failure), at: now, redraws: false)
        }
    }
}
