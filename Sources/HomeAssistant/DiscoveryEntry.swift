internal import Mesh

/// One device's message: what it is to be, and what the broker keeps of it.
struct DiscoveryEntry: Sendable {
    private enum Wish: Sendable {
        case nothing
        /// The device of these facts; its message, once it has been made.
        case device(DiscoverySource, payload: [UInt8]?)
        case removal(after: Int64)
    }

    private var wish = Wish.nothing
    /// What the broker keeps, as far as was heard or said; nil: nothing.
    private var kept: [UInt8]?
    /// Until when what it keeps may still come; nil: it has.
    private var awaits: Int64?
    /// Before that nothing more is said.
    private var next = Int64.min
    /// How often somebody else has said something else since.
    private var disputes = 0
    /// Whether what is there is to be said once more.
    private var isToRepeat = false
    private var hasSaid = false

    init(awaits: Int64) { self.awaits = awaits }

    mutating func await(until: Int64) {
        awaits = until
        kept = nil
        hasSaid = false
        isToRepeat = false
        disputes = 0
        next = .min
    }

    mutating func want(_ source: DiscoverySource) {
        if case .device(let known, _) = wish, known == source { return }
        wish = .device(source, payload: nil)
        disputes = 0
        if next == .max { next = .min }
    }

    /// What was taken away by somebody is there anew.
    mutating func renew() { if next == .max { next = .min } }

    mutating func remove(after instant: Int64) {
        if case .removal = wish { return }
        wish = .removal(after: instant)
    }

    /// Something came on its topic.
    mutating func hear(_ payload: [UInt8], retained: Bool, at now: Int64) {
        if retained {
            // What was said since is newer.
            if !hasSaid { kept = payload.isEmpty ? nil : payload }
            awaits = nil
            return
        }
        guard payload != kept ?? [] else { return }
        kept = payload.isEmpty ? nil : payload
        // A person, or Home Assistant for one, took it away: it stays so until the next connect or birth.
        if payload.isEmpty {
            hasSaid = true
            next = .max
            return
        }
        // Another that takes itself for the keeper says it otherwise: not for ever against each other.
        disputes = min(disputes + 1, 7)
        next = max(next, now + DiscoveryCore.gap << disputes)
    }

    /// Home Assistant has started: it is told again at `instant`, whatever it may know.
    mutating func sayAgain(from instant: Int64) {
        isToRepeat = true
        next = next == .max ? instant : max(next, instant)
    }

    /// When there is something to say; `.max`: there isn't.
    var due: Int64 {
        if let awaits { return awaits }
        switch wish {
        case .nothing: return .max
        case .device(_, let payload): return isToRepeat || payload == nil || payload != kept ? next : .max
        case .removal(let after): return max(after, next == .max ? .min : next)
        }
    }

    /// What is to be said at `now`, if anything, and whether that was all of it.
    mutating func say(by topics: DiscoveryTopic?, at now: Int64) -> (payload: [UInt8]?, isOver: Bool)? {
        guard due <= now else { return nil }
        if awaits != nil {
            awaits = nil
            guard due <= now else { return nil }
        }
        switch wish {
        case .nothing: return nil
        case .removal:
            // Home Assistant warns of what is taken away twice.
            return (kept == nil ? nil : [], isOver: true)
        case .device(let source, _):
            guard let topics else { return nil }
            let device = source.device(topics)
            let payload = device.payload
            wish = .device(source, payload: payload)
            guard isToRepeat || payload != kept else { return nil }
            let former = kept.flatMap { DiscoveredDevice.platforms(in: $0) } ?? [:]
            let said = kept == payload ? payload : device.payload(removing: former)
            kept = said
            hasSaid = true
            isToRepeat = false
            next = now + DiscoveryCore.gap
            return (said, isOver: false)
        }
    }
}
