/// What was planned for a zone's bars when its configuration changed: what had come about by then is not planned anew.
struct SettledPeriods: Sendable {
    /// When that was.
    let at: MeshInstant
    /// Whether the activation's hold was over by then.
    let isOver: Bool
    private let periods: [String: LitPeriod]
    private let span: LitPeriod?

    init(at instant: MeshInstant, isOver: Bool, periods: [String: LitPeriod]) {
        at = instant
        self.isOver = isOver
        self.periods = periods
        span = periods.values.first.map { first in
            var span = first
            for period in periods.values {
                span.on = min(span.on, period.on)
                span.off = max(span.off, period.off)
            }
            return span
        }
    }

    /// When a bar is lit that is now planned to be lit so; nil: not at all.
    func period(of bar: String, planned: LitPeriod) -> LitPeriod? { settled(periods[bar], planned) }

    /// The same of the zone as a whole.
    func period(planned: LitPeriod) -> LitPeriod? { settled(span, planned) }

    private func settled(_ known: LitPeriod?, _ planned: LitPeriod) -> LitPeriod? {
        // Who was there has gone: the light goes as it was going, and a bar that is new has nobody to be lit for.
        if isOver { return known }
        guard let known, known.on <= at else { return planned }
        // What is lit stays lit, however the wave runs from now on.
        var period = planned
        period.on = known.on
        period.run.on = known.run.on
        period.run.onIsReversed = known.run.onIsReversed
        return period
    }

    /// The same, by a clock that was set by `step`.
    func shifted(by step: Duration) -> SettledPeriods {
        let periods = periods.mapValues { period in
            var period = period
            period.on = period.on + step
            period.off = period.off + step
            period.activation = period.activation + step
            return period
        }
        return SettledPeriods(at: at + step, isOver: isOver, periods: periods)
    }
}
