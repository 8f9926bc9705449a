internal import Lighting

/// All instants at which a node's core has something to do of its own accord, each by what is then to be done.
struct Agenda: Sendable {
    /// What is to be done.
    enum Matter: Int, CaseIterable, Sendable {
        /// To tell of the zones that the node keeps, after what was more urgent.
        case keep
        /// To look whether there is news of them.
        case zones
        /// To restore what the broker lacks.
        case restore
        /// To restore what the keepers have not restored by then, whoever knows it.
        case lastResort
        /// To report the node's health.
        case health
        /// To ask no more of a keeper that has had its time for a command.
        case unanswered
        /// To read again what was said from beyond the clock's future, and lies there no more.
        case future
        /// To judge a light sensor's reading again that came amid a zone's own light.
        case afterglow
        /// To end the node's sleep.
        case wake
    }

    /// By the matters' numbers; the end of time: nothing is to be done.
    private var instants = [MeshInstant](repeating: .distantFuture, count: Matter.allCases.count)

    /// When it is to be done; nil: it isn't.
    subscript(matter: Matter) -> MeshInstant? {
        get { has(matter) ? instants[matter.rawValue] : nil }
        set { instants[matter.rawValue] = newValue ?? .distantFuture }
    }

    /// Whether it is to be done at all.
    func has(_ matter: Matter) -> Bool { instants[matter.rawValue] < .distantFuture }

    /// Has it done at `instant`, if not sooner.
    mutating func plan(_ matter: Matter, by instant: MeshInstant) {
        instants[matter.rawValue] = min(instants[matter.rawValue], instant)
    }

    /// Takes it off, if its time has come.
    ///
    /// - Returns: whether it has.
    mutating func take(_ matter: Matter, at now: MeshInstant) -> Bool {
        guard instants[matter.rawValue] <= now else { return false }
        instants[matter.rawValue] = .distantFuture
        return true
    }

    /// When the first of all is to be done, but for `excepted`; the end of time: nothing is.
    func next(but excepted: Matter? = nil) -> MeshInstant {
        var next = MeshInstant.distantFuture
        for (number, instant) in instants.enumerated() where number != excepted?.rawValue { next = min(next, instant) }
        return next
    }

    /// Mesh time jumped. What waits for a time to pass moves along; what is due at an instant that was said stays there.
    mutating func shift(by step: Duration) {
        for matter in [Matter.restore, .lastResort, .afterglow] {
            guard let due = self[matter] else { continue }
            self[matter] = due + step
        }
    }
}
