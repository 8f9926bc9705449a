/// What was planned for a zone's bars when its configuration changed: what had come about by then is not planned anew.
struct SettledPeriods: Sendable {
    /// When that was.
    let at: MeshInstant
    /// Whether the activation's hold was over by then.
    let isOver: Bool
    private let periods: [String: [LitPeriod]]
    private let span: [LitPeriod]

    /// - Parameters:
    ///   - periods: when each bar is lit, by its name, in the order of time.
    ///   - span: when any is.
    init(at instant: MeshInstant, isOver: Bool, periods: [String: [LitPeriod]], span: [LitPeriod]) {
        at = instant
        self.isOver = isOver
        self.periods = periods
        self.span = span
    }

    /// When a bar is lit that is now planned to be lit so.
    func periods(of bar: String, planned: [LitPeriod]) -> [LitPeriod] { settled(periods[bar] ?? [], planned) }

    /// The same of the zone as a whole.
    func periods(planned: [LitPeriod]) -> [LitPeriod] { settled(span, planned) }

    /// When a bar is lit where light walks along, as is now planned for stays whose hold wasn't over.
    func periods(of bar: String, walking planned: [LitPeriod]) -> [LitPeriod] { walking(periods[bar] ?? [], planned) }

    /// The same of the zone as a whole.
    func periods(walking planned: [LitPeriod]) -> [LitPeriod] { walking(span, planned) }

    /// A bar that has gone dark behind somebody is lit again when they are seen anew, unlike where all bars are held as one.
    private func walking(_ known: [LitPeriod], _ planned: [LitPeriod]) -> [LitPeriod] {
        if isOver { return known }
        var begun = known.filter { $0.on <= at }
        var planned = planned
        // What is lit stays lit, and goes off as it is planned from now on.
        if let lit = begun.last, lit.off > at,
            let next = planned.firstIndex(where: { $0.off > at && $0.on <= lit.off })
        {
            begun[begun.count - 1].off = planned[next].off
            begun[begun.count - 1].run.off = planned[next].run.off
            begun[begun.count - 1].run.offIsReversed = planned[next].run.offIsReversed
            planned.remove(at: next)
        }
        return (begun + planned).joined()
    }

    private func settled(_ known: [LitPeriod], _ planned: [LitPeriod]) -> [LitPeriod] {
        // Who was there has gone: the light goes as it was going, and a bar that is new has nobody to be lit for.
        if isOver { return known }
        // Where light walked along, a bar may be dark though somebody is there: from now on all are held as one.
        guard let begun = known.last(where: { $0.on <= at }), begun.off > at else { return planned }
        // What is lit stays lit, however the wave runs from now on.
        var periods = planned.filter { $0.off > at }
        if periods.isEmpty { periods = planned.isEmpty ? [begun] : planned.suffix(1) }
        periods[0].on = begun.on
        periods[0].run.on = begun.run.on
        periods[0].run.onIsReversed = begun.run.onIsReversed
        return periods
    }

    /// The same, by a clock that was set by `step`.
    func shifted(by step: Duration) -> SettledPeriods {
        SettledPeriods(
            at: at + step, isOver: isOver, periods: periods.mapValues { $0.map { $0.shifted(by: step) } },
            span: span.map { $0.shifted(by: step) })
    }
}
