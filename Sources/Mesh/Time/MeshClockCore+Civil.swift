internal import Lighting

/// The time of day: from whoever's system clock is kept, by way of the reference, and for all at one instant.
extension MeshClockCore {
    /// The correction to be added to mesh time for the time of day. Mesh time itself is never moved for that.
    public var civilCorrection: Duration { .nanoseconds(civil.inForce?.correction ?? 0) }

    /// The node whose system clock the time of day comes from; nil where nobody is known to have it.
    public var civilSource: String? {
        if let word = civil.inForce { return word.by }
        return state == .unsynchronised && isSystemSynchronised ? node : nil
    }

    /// When a word that was said comes into force, monotonic.
    var civilDue: Int64? { civil.due.map { mapping.monotonic(of: $0) } }

    /// What the node tells whom it asks: not before it goes by that one's time.
    func civilTold(to target: String, at monotonic: Int64) -> Int64? {
        guard state == .synchronised, target == source?.name, let own = ownCivil(at: monotonic),
            CivilTime.isPlausible(own, at: mapping.mesh(at: monotonic))
        else { return nil }
        return own
    }

    /// The system's clock was another, or wasn't kept: whose time the node goes by is to hear of it.
    mutating func tellCivil(before: Int64?, at monotonic: Int64) {
        guard let source, let told = civilTold(to: source.name, at: monotonic) else { return }
        if let before, !CivilTime.differ(before, told) { return }
        polls[source.name]?.next = monotonic
    }

    /// One who asks says what its system clock shows, or that it doesn't know (nil). A reference whose own is kept goes by that.
    mutating func testify(_ correction: Int64?, by asker: String, at monotonic: Int64) {
        guard let correction else { return civil.dismiss(asker) }
        guard CivilTime.isPlausible(correction, at: mapping.mesh(at: monotonic)) else { return refuse() }
        guard state == .reference, !isSystemSynchronised else { return }
        let order = order
        let isHeard = civil.admits(asker, at: monotonic) { asker, other in
            guard let place = order.firstIndex(of: other) else { return true }
            return order.firstIndex(of: asker).map { $0 < place } ?? false
        }
        if isHeard { sayCivil(correction, by: asker, at: monotonic) }
    }

    /// Takes up what the reply of the node's source says; `told`: it answers a question that told it the time of day.
    mutating func hearCivil(_ time: ClockReply.Time, told: Bool, at monotonic: Int64) {
        if let word = time.word {
            civil.hear(word)
        } else if told, source?.isReference == true, let own = ownCivil(at: monotonic) {
            // A reference of an older release, which listens to nobody: then everybody goes by their own.
            _ = civil.say(own, by: node, at: mapping.mesh(at: monotonic), lead: 0)
        }
    }

    /// A reference tells everybody.
    mutating func hearCivil(_ payload: [UInt8], from name: String, at monotonic: Int64) {
        guard let message = try? JSON.decode(ClockCivil.self, from: payload) else { return refuse() }
        let word = CivilTime.Word(correction: message.civil, from: message.civilFrom, by: message.civilBy)
        // A reference hears the one that it took over from: who still goes by that one comes over with its word.
        guard let source, source.reference == name, source.name != name || source.since == message.since else { return }
        guard word.isSound(at: mapping.mesh(at: monotonic)) else { return refuse() }
        if state == .reference {
            guard !isSystemSynchronised, civil.newest == nil else { return }
            civil.hear(word)
            repeatCivil()
        } else {
            civil.hear(word)
        }
    }

    /// Brings what holds to now: a reference's own clock, and what was to hold from now on.
    mutating func settleCivil(at monotonic: Int64) {
        if state == .reference, let own = ownCivil(at: monotonic) { sayCivil(own, by: node, at: monotonic) }
        civil.advance(to: mapping.mesh(at: monotonic))
        let correction = civil.inForce?.correction ?? 0
        guard correction != toldCorrection else { return }
        toldCorrection = correction
        // What else the event brings is planned by it.
        let place = actions.firstIndex { if case .stepped = $0 { false } else { true } } ?? actions.endIndex
        actions.insert(.timeOfDay(correction: .nanoseconds(correction)), at: place)
        let seconds = Duration.nanoseconds(correction).seconds
        actions.append(
            .log(
                .info,
                civil.inForce.map { "the time of day is mesh time and \(seconds) s, by the clock of \($0.by)" }
                    ?? "nobody is known to have the time of day: mesh time is taken for it"))
    }

    private mutating func sayCivil(_ correction: Int64, by name: String, at monotonic: Int64) {
        let mesh = mapping.mesh(at: monotonic)
        let gathered = source == nil ? mesh : mapping.mesh(at: stateSince &+ CivilTime.gathering)
        if civil.say(correction, by: name, at: mesh, lead: max(CivilTime.lead, gathered &- mesh)) { repeatCivil() }
    }

    /// Tells all who go by its time what holds, or will.
    mutating func repeatCivil() {
        guard let word = civil.newest else { return }
        let message = ClockCivil(since: since, civil: word.correction, civilFrom: word.from, civilBy: word.by)
        actions.append(
            .publish(topic: ClockTopic.civil(from: node).name(site: site), payload: JSON.encode(message)))
    }
}

extension CivilTime.Word {
    /// Whether it can be true at `mesh`.
    func isSound(at mesh: Int64) -> Bool {
        CivilTime.isPlausible(correction, at: mesh) && from >= 0 && from <= mesh &+ CivilTime.maximumLead
            && Name.isValid(by)
    }
}

extension ClockReply.Time {
    /// What it says of the time of day.
    var word: CivilTime.Word? {
        civil.map { CivilTime.Word(correction: $0, from: civilFrom ?? 0, by: civilBy ?? reference) }
    }

    /// The same, after what is to come into force before it does.
    var words: [CivilTime.Word] {
        guard let word else { return [] }
        let between = (civilBetween ?? []).prefix(CivilTime.maximumComing - 1).filter { $0.count == 2 }
        return between.map { CivilTime.Word(correction: $0[0], from: $0[1], by: word.by) } + [word]
    }

    /// What it says holds until that does.
    var formerWord: CivilTime.Word? {
        civilBefore.map { CivilTime.Word(correction: $0, from: 0, by: civilBy ?? reference) }
    }
}
