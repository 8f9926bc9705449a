internal import Lighting

extension MeshClockCore {
    /// How many questions in close order a node begins with, and how far apart.
    static let burst = 8
    static let burstSpacing: Int64 = 100_000_000
    /// How many nodes are asked at once by one that knows nothing.
    static let asked = 4
    /// How long an answer may take and still be counted.
    static let patience: Int64 = 10_000_000_000
    /// Between questions to a reference, once all is well: from the first to the last.
    static let intervals: [Int64] = [16_000_000_000, 32_000_000_000, 64_000_000_000]
    /// What mesh time is to be right by (standard deviation, nanoseconds): two lights so far apart seem one. Until it is,
    /// a node asks every second, and after five minutes every four.
    static let wantedDeviation = 150_000.0
    static let settling: Int64 = 300_000_000_000
    /// So many questions unanswered, over so long, and a node counts as not there.
    static let silenceCount = 10
    static let silenceTime: Int64 = 20_000_000_000
    /// For how long it does: then it is asked again, and if it is there after all, two who acted meanwhile find each other.
    static let silenceHeld: Int64 = 60_000_000_000

    /// Who is to be asked.
    private var targets: [String] {
        guard isConnected, orderedSince != nil else { return [] }
        if state == .unsynchronised || returningUntil != nil {
            var targets = Array(order.lazy.filter { $0 != node && silent[$0] == nil }.prefix(MeshClockCore.asked))
            for more in [candidate?.name, hint] {
                if let more, order.contains(more), !targets.contains(more) { targets.append(more) }
            }
            return targets
        }
        var targets: [String] = []
        if state != .reference, let source, order.contains(source.name) { targets.append(source.name) }
        if let first, first != node, !targets.contains(first) { targets.append(first) }
        if isOrphaned {
            // The first may have only just started, and another have taken over before that.
            for other in order.lazy.filter({ $0 != node }).prefix(MeshClockCore.asked) where silent[other] == nil {
                if !targets.contains(other) { targets.append(other) }
                if polls[other]?.isActing != false { break }
            }
        }
        return targets
    }

    /// Whether whoever it followed is gone, or back without its time.
    var isOrphaned: Bool {
        guard state != .reference, let source else { return false }
        return !order.contains(source.name) || silent[source.name] != nil
            || source.isReference && polls[source.name]?.isActing == false
    }

    /// Asks whoever is to be asked and due.
    mutating func ask(at monotonic: Int64) {
        let targets = targets
        polls = polls.filter { targets.contains($0.key) }
        for target in targets {
            // A thousand nodes learn of a takeover at once, and don't ask at once.
            if polls[target] == nil {
                polls[target] = ClockPoll(next: monotonic + stagger, burst: MeshClockCore.burst)
            }
            guard var poll = polls[target], poll.next <= monotonic else { continue }
            sequence &+= 1
            poll.pending.removeAll { monotonic - $0.t1 > MeshClockCore.patience }
            if poll.pending.count >= 16 { poll.pending.removeFirst() }
            let civil = civilTold(to: target, at: monotonic)
            poll.pending.append((sequence, monotonic, civil != nil))
            if poll.unanswered == 0 { poll.unansweredSince = monotonic }
            poll.unanswered += 1
            poll.burst = max(0, poll.burst - 1)
            poll.next = monotonic + interval(of: target, poll, at: monotonic)
            polls[target] = poll
            actions.append(
                .publish(
                    topic: ClockTopic.request(from: node, to: target).name(site: site),
                    payload: ClockRequest(sequence: sequence, t1: monotonic, civil: civil).bytes))
            if poll.unanswered > MeshClockCore.silenceCount,
                monotonic - poll.unansweredSince > MeshClockCore.silenceTime
            {
                silent[target] = monotonic + MeshClockCore.silenceHeld
                forgetCandidate(target)
                actions.append(.log(.warning, "\(target) is online but doesn't answer for its clock"))
            }
        }
    }

    /// By how much longer a node of a large site waits between questions: those who are asked are the same few.
    private var crowd: Int64 { max(1, Int64(order.count / 100)) }

    private var stagger: Int64 {
        guard order.count > 32 else { return 0 }
        let hash = node.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return Int64(hash % UInt64(min(order.count, 1000))) * 1_000_000
    }

    /// How long until `target` is asked again.
    private func interval(of target: String, _ poll: ClockPoll, at monotonic: Int64) -> Int64 {
        if poll.burst > 0 { return crowd * MeshClockCore.burstSpacing }
        if state == .unsynchronised || returningUntil != nil {
            let since = monotonic - (orderedSince ?? monotonic)
            let often: Int64 = since < 5_000_000_000 ? 200_000_000 : 1_000_000_000
            return since < 60_000_000_000 ? min(crowd * often, 4_000_000_000) : 4_000_000_000
        }
        guard let source, target == source.name, state != .reference else {
            // The one that will take over, or has.
            return isOrphaned ? 500_000_000 : 4_000_000_000
        }
        if state == .synchronising {
            return crowd * (monotonic - source.begun < 3_000_000_000 ? 200_000_000 : 1_000_000_000)
        }
        if poll.isIgnorant { return 2_000_000_000 }
        if (1...4).contains(poll.unanswered - 1) { return 3_000_000_000 }
        if let deviation = source.filter.deviation(at: monotonic), deviation > MeshClockCore.wantedDeviation {
            // Where delays vary, many exchanges tell more than few.
            return crowd * (monotonic - source.begun < MeshClockCore.settling ? 1_000_000_000 : 4_000_000_000)
        }
        if let exchange = source.filter.exchanges.first, source.filter.count < 16 {
            // Doubling: 1, 2, 4, 8 s, so that the drift is known within the first minute.
            return max(1_000_000_000, min(8_000_000_000, monotonic - exchange.t1))
        }
        let bound = Double(bound(at: monotonic))
        guard bound < 10e6 else { return MeshClockCore.intervals[0] }
        return MeshClockCore.intervals.last {
            Double(source.errorBound(of: mapping, at: monotonic + $0)) < max(1e6, 1.5 * bound)
        } ?? MeshClockCore.intervals[0]
    }

    // MARK: - Messages

    mutating func take(topic name: String, payload: [UInt8], at monotonic: Int64) {
        guard payload.count <= 1024, let topic = ClockTopic(name: name, site: site) else { return }
        switch topic {
        case .request(let from, to: node) where from != node:
            guard let request = try? ClockRequest(bytes: payload) else { return refuse() }
            silent[from] = nil
            testify(request.civil, by: from, at: monotonic)
            answer(request, of: from, at: monotonic)
        case .civil(let from):
            silent[from] = nil
            hearCivil(payload, from: from, at: monotonic)
        case .reply(let from, to: node):
            guard let reply = try? ClockReply(bytes: payload),
                let index = polls[from]?.pending.firstIndex(where: {
                    ($0.sequence, $0.t1) == (reply.sequence, reply.t1)
                }
                )
            else { return refuse() }
            let told = polls[from]?.pending.remove(at: index).told ?? false
            polls[from]?.unanswered = 0
            polls[from]?.isIgnorant = reply.time == nil
            polls[from]?.isActing = reply.time?.acting ?? false
            silent[from] = nil
            guard let time = reply.time else { return forgetCandidate(from) }
            take(time, from: from, t1: reply.t1, told: told, at: monotonic)
        default: break
        }
    }

    mutating func refuse() { refused &+= 1 }

    private mutating func answer(_ request: ClockRequest, of asker: String, at monotonic: Int64) {
        var time: ClockReply.Time?
        if state == .reference || state == .synchronised {
            let now = mapping.mesh(at: monotonic)
            let word = civil.newest
            time = ClockReply.Time(
                t2: now, t3: now, reference: reference ?? node, since: since,
                acting: state == .reference && returningUntil == nil,
                errorBound: bound(at: monotonic) + (state == .reference ? 0 : source?.dispersion ?? 0),
                civil: word?.correction, civilFrom: word?.from,
                civilBefore: civil.due == nil ? nil : civil.inForce?.correction,
                civilBetween: civil.between.isEmpty ? nil : civil.between.map { [$0.correction, $0.from] },
                civilBy: word?.by)
        }
        if time == nil, !order.contains(asker) { strangers.insert(asker) }
        let reply = ClockReply(sequence: request.sequence, t1: request.t1, time: time)
        actions.append(
            .publish(topic: ClockTopic.reply(from: node, to: asker).name(site: site), payload: reply.bytes))
    }
}
