internal import Lighting

extension MeshClockCore {
    /// No mesh time begins later than this by what was said, the year 2080: what is rubbish, or was said by a clock gone wild,
    /// mustn't bring it to the end of what instants can be.
    static let latestFounding = MeshInstant(nanoseconds: 3_471_292_800_000_000_000)
    /// How long a reference that took over says how far it may be off the one before.
    static let inheritance: Int64 = 120_000_000_000
    /// How long one that comes back listens for another before it acts again.
    static let returnTime: Int64 = 3_000_000_000
    /// How long one that knows nothing waits for those that are online and don't answer.
    static let foundingTime: Int64 = 5_000_000_000
    /// How long one waits that knows of no other: a broker may acknowledge a subscription before it sends what it kept.
    /// What another answers comes after that.
    static let listeningTime: Int64 = 1_000_000_000
    /// How long one that stands before the reference goes by it before it takes over.
    static let apprenticeship: Int64 = 10_000_000_000
    /// How quickly a reference nears its own system clock at most: 20 ppm, 1.2 ms a minute; and how quickly that
    /// changes: 0.05 ppm per second, in stairs of 16 s.
    static let steerLimit = 20e-6
    static let steerStair = 0.8e-6
    static let steerInterval: Int64 = 16_000_000_000
    /// What a system clock may be off for mesh time to be brought to it; beyond, only the time of day is corrected.
    static let steerReach: Int64 = 1_000_000_000

    /// The first of those that are online and answer.
    var first: String? { order.first { silent[$0] == nil } }

    /// When the election may come out otherwise with nothing happening.
    var electionDue: Int64? {
        guard let orderedSince, first == node else { return nil }
        switch state {
        case .unsynchronised: return max(stateSince, orderedSince) + foundingWait
        case .synchronised: return stateSince + MeshClockCore.apprenticeship
        case .synchronising, .reference: return nil
        }
    }

    /// Takes the part that is the node's.
    mutating func elect(at monotonic: Int64) {
        silent = silent.filter { $0.value > monotonic }
        guard isConnected, let orderedSince else { return }
        // Not while it is about to go by another.
        if let until = returningUntil, until <= monotonic, candidate == nil { returningUntil = nil }
        guard first == node else { return }
        switch state {
        case .unsynchronised: foundIfAlone(since: max(stateSince, orderedSince), at: monotonic)
        case .synchronising, .synchronised:
            guard let source else { return }
            if isOrphan(source) {
                succeed(source, at: monotonic)
            } else if state == .synchronised, monotonic - stateSince >= MeshClockCore.apprenticeship {
                act(at: monotonic, "we stand before \(source.name)")
            }
        case .reference: break
        }
    }

    /// Whether a source is gone, or back without its time, or goes itself by one that is gone, or by what we were before we
    /// restarted.
    private func isOrphan(_ source: ClockSource) -> Bool {
        source.reference == node || polls[source.name]?.isIgnorant == true
            || [source.name, source.reference].contains { !order.contains($0) || silent[$0] != nil }
    }

    /// Takes over from a source that has no successor but us, who may have only just begun to follow it.
    private mutating func succeed(_ source: ClockSource, at monotonic: Int64) {
        if state == .synchronised || bound(at: monotonic) < MeshClockCore.smallDoubt {
            act(at: monotonic, "\(source.reference) is gone")
        } else if !order.contains(source.name) || polls[source.name]?.isIgnorant == true {
            // It told too little, and tells no more: others know more.
            self.source = nil
            become(.unsynchronised, at: monotonic)
        }
    }

    /// How long one that knows nothing waits before its system's clock becomes mesh time.
    private var foundingWait: Int64 {
        // Who heard the same from us, and isn't known yet, may stand before us and found a mesh on the strength of it.
        guard strangers.isEmpty else { return MeshClockCore.foundingTime }
        let others = Array(order.lazy.filter { $0 != node }.prefix(MeshClockCore.asked))
        if others.isEmpty { return MeshClockCore.listeningTime }
        return others.allSatisfy { polls[$0]?.isIgnorant ?? false } ? 0 : MeshClockCore.foundingTime
    }

    private mutating func foundIfAlone(since: Int64, at monotonic: Int64) {
        guard candidate?.filter.count ?? 0 == 0, monotonic - since >= foundingWait else { return }
        source = nil
        candidate = nil
        guess(at: monotonic)
        self.since = mapping.mesh(at: monotonic)
        if isSystemSynchronised { civil.begin(with: [.init(correction: 0, from: self.since, by: node)]) }
        become(.reference, at: monotonic)
        steerDue = monotonic + MeshClockCore.steerInterval
        actions.append(.log(.info, "nobody here has the time: ours is mesh time"))
    }

    /// Becomes the reference, mesh time going on as it went here.
    private mutating func act(at monotonic: Int64, _ why: String) {
        let limit = ClockAssumptions.referenceRate
        mapping.steer(
            at: monotonic, rate: max(-limit, min(limit, mapping.rate)), error: 0, limit: 0, within: 1)
        candidate = nil
        since = mapping.mesh(at: monotonic)
        become(.reference, at: monotonic)
        steerDue = monotonic + MeshClockCore.steerInterval
        actions.append(.log(.info, "\(why): mesh time goes on from here"))
    }

    /// Brings a reference's time, and what it says is to be added for the time of day, towards its system's clock, if that is
    /// kept by NTP or the like, and slowly.
    mutating func steerAsReference(at monotonic: Int64) {
        guard state == .reference else {
            steerDue = nil
            return
        }
        guard let due = steerDue, due <= monotonic else {
            if steerDue == nil, isSystemSynchronised { steerDue = monotonic + MeshClockCore.steerInterval }
            return
        }
        let error = ownCivil(at: monotonic).map { $0 &- (civil.newest?.correction ?? 0) }
        guard let error, error.magnitude <= MeshClockCore.steerReach else {
            steerDue = isSystemSynchronised ? monotonic + 4 * MeshClockCore.steerInterval : nil
            return
        }
        // An hour's time constant.
        let wanted = max(-MeshClockCore.steerLimit, min(MeshClockCore.steerLimit, Double(error) / 3600e9))
        let change = max(-MeshClockCore.steerStair, min(MeshClockCore.steerStair, wanted - mapping.rate))
        let settled = change.magnitude < 0.05e-6
        if !settled {
            mapping.steer(at: monotonic, rate: mapping.rate + change, error: 0, limit: 0, within: 1)
        }
        steerDue = monotonic + (settled ? 4 : 1) * MeshClockCore.steerInterval
    }
}
