internal import Lighting

extension MeshClockCore {
    /// How quickly an error is slewed away at most: half a millisecond a second.
    ///
    /// - Source: adjtime(3) and NTP's kernel discipline slew at 500 ppm.
    static let slewLimit = 500e-6
    /// An error is slewed away within this, if the limit allows.
    static let slewTime = 8e9
    /// Beyond this an error is stepped over, lit or not: at 500 ppm it would take half an hour.
    static let stepBound: Int64 = 1_000_000_000
    /// While none of the node's lights is on, beyond this: nobody sees it. Not before they have been dark for longer than
    /// the step: in a time set back to before that, they would be lit once more.
    static let darkStepBound: Int64 = 20_000_000
    /// By how much longer: the rest of a zone goes dark after one another, and a step of who saw the last motion moves when.
    static let darkStepPatience: Int64 = 10_000_000_000
    /// So many exchanges make a clock that doesn't step any more, or one and so much time.
    static let enough = 6
    static let longEnough: Int64 = 1_000_000_000
    /// What is left of doubt then, unless it takes too long.
    static let smallDoubt: Int64 = 20_000_000
    static let changeTime: Int64 = 20_000_000_000
    /// Who says that its time may be off by more than this, an hour, knows no time.
    static let maximumBound: Int64 = 3_600_000_000_000
    /// How long one that knows nothing would rather hear the reference than hearsay.
    static let hearsayTime: Int64 = 600_000_000

    /// Takes up what `from` says of the time.
    ///
    /// - Parameter told: whether the question told it the time of day.
    mutating func take(_ time: ClockReply.Time, from: String, t1: Int64, told: Bool, at monotonic: Int64) {
        guard let exchange = ClockExchange(t1: t1, t2: time.t2, t3: time.t3, t4: monotonic),
            (0...MeshClockCore.maximumBound).contains(time.errorBound), Name.isValid(time.reference),
            time.words.allSatisfy({ $0.isSound(at: time.t3) }), time.formerWord?.isSound(at: time.t3) ?? true
        else { return refuse() }
        if state != .reference, let source, source.name == from, source.since == time.since,
            source.isReference == (time.reference == from)
        {
            follow(exchange, time, told: told, at: monotonic)
            return
        }
        if !time.acting { forgetCandidate(from) }
        switch state {
        case .synchronising where from == source?.name && !time.acting:
            // It goes by another clock than when it told us first, so what it told is void: we begin anew with it.
            source = ClockSource(from, time, at: monotonic)
            civil.begin(with: time.words, former: time.formerWord)
            return follow(exchange, time, told: told, at: monotonic)
        case .unsynchronised:
            if !time.acting, monotonic - (orderedSince ?? monotonic) < MeshClockCore.hearsayTime {
                // It goes by another: rather ask that one, if it is there, or hear of its successor.
                let isThere = time.reference != node && order.contains(time.reference)
                if isThere, silent[time.reference] == nil { hint = time.reference }
                return
            }
        case .reference where returningUntil != nil:
            // While we were away another took over: we go by that one, for now. One that stands after us and has begun a time
            // of its own comes over to us: all but itself would have to step. What a slow answer leaves open a quicker one
            // decides.
            guard time.acting, stands(from, before: node) || isNear(exchange, at: monotonic) else {
                return forgetCandidate(from)
            }
        case .reference:
            guard time.acting, from == first else { return }
        case .synchronising, .synchronised:
            // What was known of a source that has been away, or changed its part, is held over meanwhile.
            guard time.acting, from == first || from == source?.name || isOrphaned else { return }
        }
        consider(exchange, time, from: from, at: monotonic)
    }

    /// Gathers what a source to be proves, until that is enough to change over.
    private mutating func consider(
        _ exchange: ClockExchange, _ time: ClockReply.Time, from: String, at monotonic: Int64
    ) {
        if let known = candidate?.name, known != from, stands(known, before: from) { return }
        if candidate?.name != from || candidate?.since != time.since {
            candidate = ClockSource(from, time, at: monotonic)
            polls[from]?.burst = MeshClockCore.burst
            polls[from]?.next = monotonic + MeshClockCore.burstSpacing
        }
        guard candidate?.filter.add(exchange) == true else { return refuse() }
        candidate?.dispersion = time.errorBound
        guard let next = candidate else { return }
        let (low, high) = next.filter.interval(at: monotonic)
        // Who was the reference has no bound of its own: what its heir says.
        let usual = max(bound(at: monotonic), next.dispersion)
        let isEnough =
            next.filter.count >= MeshClockCore.enough && (high - low) / 2 < max(1_000_000, 2 * usual)
            || monotonic - next.begun > MeshClockCore.changeTime
        guard state == .unsynchronised || isEnough else { return }
        source = next
        candidate = nil
        hint = nil
        if state == .unsynchronised {
            civil.begin(with: time.words, former: time.formerWord)
            become(.synchronising, at: monotonic)
            since = time.t3
            actions.append(.log(.info, "mesh time comes from \(from)"))
        } else {
            returningUntil = nil
            civil.change(to: time.words, former: time.formerWord, at: mapping.mesh(at: monotonic))
            if state != .synchronising {
                // Else it goes on jumping to what is known until that is enough: what it had was still a guess.
                since = mapping.mesh(at: monotonic)
                become(.synchronised, at: monotonic)
            }
            actions.append(.log(.info, "mesh time comes from \(from) now"))
        }
        correct(at: monotonic)
    }

    /// One that acts no more, or says nothing, is no candidate, and keeps no other from being one.
    mutating func forgetCandidate(_ name: String) { if candidate?.name == name { candidate = nil } }

    /// Whether of two that act the one is to be gone by: with each answer the other, neither would ever be known enough.
    private func stands(_ one: String, before other: String) -> Bool {
        guard silent[one] == nil, let place = order.firstIndex(of: one) else { return false }
        return order.firstIndex(of: other).map { place < $0 } ?? true
    }

    /// Whether the time that an exchange tells of is ours, but for what is slewed.
    private func isNear(_ exchange: ClockExchange, at monotonic: Int64) -> Bool {
        let difference = exchange.offset.subtractingReportingOverflow(mapping.offset(at: monotonic))
        return !difference.overflow
            && Int64(clamping: difference.partialValue.magnitude) - exchange.delay <= MeshClockCore.stepBound
    }

    private mutating func follow(
        _ exchange: ClockExchange, _ time: ClockReply.Time, told: Bool, at monotonic: Int64
    ) {
        source?.dispersion = time.errorBound
        source?.reference = time.reference
        hearCivil(time, told: told, at: monotonic)
        let count = source?.filter.count ?? 0
        guard source?.filter.add(exchange) == true else { return refuse() }
        if let filter = source?.filter, filter.count < count {
            actions.append(.log(.warning, "the clock of \(time.reference), or ours, isn't what it was: beginning anew"))
        }
        correct(at: monotonic)
    }

    /// Takes up that the node's lights came on or went dark, or have been dark for long enough to step.
    mutating func stepIfDark(at monotonic: Int64) {
        darkStepDue = nil
        if state == .synchronised, darkSince != nil { correct(at: monotonic) }
    }

    /// Brings what is served towards what is known.
    private mutating func correct(at monotonic: Int64) {
        guard let source else { return }
        darkStepDue = nil
        let rate = source.filter.rate
        let error = source.filter.estimate(at: monotonic) &- mapping.offset(at: monotonic)
        let (low, high) = source.filter.interval(at: monotonic)
        let doubt = (high &- low) / 2
        if state == .synchronising {
            jump(by: error, at: monotonic, rate: rate, quietly: error.magnitude < 1_000_000)
            let passed = monotonic - source.begun
            if source.filter.count >= MeshClockCore.enough || passed >= MeshClockCore.longEnough,
                doubt < MeshClockCore.smallDoubt || passed >= MeshClockCore.changeTime
            {
                since = mapping.mesh(at: monotonic)
                become(.synchronised, at: monotonic)
            }
            return
        }
        if Int64(clamping: error.magnitude) > 2 * doubt {
            if error.magnitude > MeshClockCore.stepBound { return step(by: error, at: monotonic, rate: rate) }
            if let darkSince, error.magnitude > MeshClockCore.darkStepBound {
                let due = darkSince + Int64(error.magnitude) + MeshClockCore.darkStepPatience
                if due <= monotonic { return step(by: error, at: monotonic, rate: rate) }
                darkStepDue = due
            }
        }
        mapping.steer(
            at: monotonic, rate: rate, error: Double(error), limit: MeshClockCore.slewLimit,
            within: MeshClockCore.slewTime)
    }

    private mutating func step(by error: Int64, at monotonic: Int64, rate: Double) {
        let name = source?.name ?? node
        actions.append(
            .log(.warning, "mesh time was \(Duration.nanoseconds(error).seconds) s off \(name)'s: stepped"))
        jump(by: error, at: monotonic, rate: rate, quietly: false)
        // Those who go by us see another clock.
        since = mapping.mesh(at: monotonic)
    }

    private mutating func jump(by error: Int64, at monotonic: Int64, rate: Double, quietly: Bool) {
        mapping.steer(at: monotonic, rate: rate, error: 0, limit: 0, within: 1)
        if error != 0 { jump(by: error) }
        if !quietly { actions.append(.log(.info, "mesh time stepped by \(Duration.nanoseconds(error).seconds) s")) }
    }
}
