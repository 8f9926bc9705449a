internal import Lighting

/// A node's part on a trigger wire: an open-drain line with a pull-up that every node may pull low (wired AND).
///
/// Pure: edges and wishes in, pulls and signals out. Everybody reads the same pulses, who sends them too: a pulse that came
/// out as another than was meant (two pulled at once, or the sender was late to let go) is repeated by who meant it.
/// Signals are idempotent, so that it does no harm where one is heard twice.
public struct WireCore: Sendable {
    private enum Line: Sendable, Hashable {
        case absent
        case high(since: Int64)
        /// `fell` is nil where nobody saw it fall.
        case low(fell: Int64?, since: Int64, looked: Bool = false)
        /// Perhaps only a disturbance within a pulse.
        case risen(fell: Int64?, at: Int64)
        /// By us, since `began`; somebody else may have made it fall just before.
        case pulling(fell: Int64?, began: Int64?)
        case stuck
    }

    private struct Wish: Sendable, Hashable {
        var signal: WireSignal
        var asked: Int64
        var attempts = 0
        var notBefore = Int64.min
    }

    private var line = Line.absent
    private var wishes: [Wish] = []
    /// What the pulse on the line is to say, if it is ours.
    private var own: Wish?
    private var random: SplitMix64
    private var actions: [WireAction] = []
    /// The number of disturbances that were filtered, of pulses of no signal's width, and of signals that were
    /// repeated.
    public private(set) var glitches = 0, unclear = 0, repeats = 0

    /// A wire whose line isn't there yet.
    ///
    /// - Parameter seed: another for each node: it decides who waits longer after a collision.
    public init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Takes up an event that happened at `now`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: WireEvent, at now: Int64) -> [WireAction] {
        switch event {
        case .opened(let isLow): line = isLow ? .low(fell: nil, since: now) : .high(since: now)
        case .closed:
            line = .absent
            giveUp(at: now)
        case .fell: fell(at: now)
        case .rose: rose(at: now)
        case .looked(let isLow): looked(isLow: isLow, at: now)
        case .pulled:
            if case .pulling(let fell, _) = line { line = .pulling(fell: fell, began: now) }
        case .released(let isLow):
            guard case .pulling(let first, let began?) = line else { break }
            let fell = min(first ?? began, began)
            line = isLow ? .low(fell: fell, since: fell) : .risen(fell: fell, at: now)
        case .taken:
            guard case .pulling(_, nil) = line else { break }
            yield(until: now + WireTiming.gap)
            line = .high(since: now - WireTiming.gap)
        case .send(let signal): send(signal, at: now)
        case .tick: tick(at: now)
        }
        begin(at: now)
        defer { actions.removeAll(keepingCapacity: true) }
        return actions
    }

    /// True while it still wants what it asked for by ``WireAction/pull``: an edge read since then may be somebody
    /// else's.
    public var isPulling: Bool { if case .pulling = line { true } else { false } }

    /// The instant at which a tick is due; nil: not before something else happens.
    public var nextDue: Int64? {
        switch line {
        case .absent, .stuck: nil
        case .high(let since): wishes.first.map { max($0.notBefore, since + WireTiming.gap) }
        case .low(_, let since, let looked): since + (looked ? WireTiming.stuck : WireTiming.look)
        case .risen(_, let at): at + WireTiming.settle
        case .pulling(_, let began): began.flatMap { began in own.map { began + $0.signal.width } }
        }
    }

    // MARK: - Listening

    private mutating func fell(at now: Int64) {
        switch line {
        case .high: line = .low(fell: now, since: now)
        case .low(let fell?, _, let looked) where now <= fell:
            // What the kernel had stamped before we pulled.
            line = .low(fell: now, since: now, looked: looked)
        case .low(let fell, let since, _):
            // It rose, and nobody saw it.
            hear(nil, edge: fell ?? since)
            line = .low(fell: now, since: now)
        case .risen(let fell?, let at) where at - fell < WireTiming.glitch:
            // A disturbance just before a pulse doesn't make it begin earlier.
            settle(fell: fell, rose: at)
            line = .low(fell: now, since: now)
        case .risen(let fell, let at) where now - at < WireTiming.settle:
            line = .low(fell: fell, since: fell ?? at)
        case .risen(let fell, let at):
            settle(fell: fell, rose: at)
            line = .low(fell: now, since: now)
        case .pulling(_, nil):
            yield()
            line = .low(fell: now, since: now)
        case .pulling(_, let began): line = .pulling(fell: now, began: began)
        case .absent, .stuck: break
        }
    }

    private mutating func rose(at now: Int64) {
        switch line {
        case .low(let fell, _, _): line = .risen(fell: fell, at: now)
        case .high(let since) where now - since >= WireTiming.settle:
            // It fell, and nobody saw it.
            hear(nil, edge: now)
            rest(since: now)
        case .stuck:
            actions.append(.fault(nil))
            rest(since: now)
        case .pulling(_, let began): line = .pulling(fell: nil, began: began)
        case .high, .risen, .absent: break
        }
    }

    private mutating func looked(isLow: Bool, at now: Int64) {
        guard case .low(let fell, let since, _) = line else { return }
        if !isLow {
            hear(nil, edge: fell ?? since)
            rest(since: now)
        } else if now - since < WireTiming.stuck {
            line = .low(fell: fell, since: since, looked: true)
        } else {
            line = .stuck
            actions.append(
                .fault(
                    "the wire has been low for \(WireTiming.stuck / WireTiming.millisecond) ms: is there a short circuit, "
                        + "no pull-up, or a node that hangs? Until it rises, motion here lights only this node's bars"))
            giveUp(at: now)
        }
    }

    /// A pulse is over.
    private mutating func settle(fell: Int64?, rose: Int64) {
        defer { rest(since: rose) }
        guard let fell else { return hear(nil, edge: rose) }
        guard rose - fell >= WireTiming.glitch else {
            glitches += 1
            if let own { again(own) }
            return
        }
        hear(WireSignal(width: rose - fell), edge: fell)
    }

    /// A pulse was read; nil: as motion, but not of which kind.
    private mutating func hear(_ signal: WireSignal?, edge: Int64) {
        if signal == nil { unclear += 1 }
        actions.append(.heard(signal ?? .retrigger, edge: edge))
        // What was just said needn't be said again.
        wishes.removeAll { $0.signal == .retrigger ? $0.asked <= edge : $0.signal == signal }
        if let own, own.signal != signal { again(own) }
        own = nil
    }

    /// The line is at rest; those who wait for it wait a different time each.
    private mutating func rest(since: Int64) {
        line = .high(since: since)
        guard let wish = wishes.first else { return }
        let slots = Int64(random.next() % UInt64(8 << min(wish.attempts, 3)))
        wishes[0].notBefore = since + WireTiming.gap + slots * WireTiming.slot
    }

    // MARK: - Sending

    private mutating func send(_ signal: WireSignal, at now: Int64) {
        switch line {
        case .absent, .stuck:
            // Nobody else hears of it; the light beside the sensor comes on all the same.
            actions.append(.heard(signal, edge: now))
        default: add(Wish(signal: signal, asked: now))
        }
    }

    /// Starts go before what only keeps the light on, and say as much.
    private mutating func add(_ wish: Wish) {
        if wish.signal == .retrigger {
            guard wishes.isEmpty else { return }
            wishes.append(wish)
        } else {
            wishes.removeAll { $0.signal == wish.signal || $0.signal == .retrigger }
            wishes.append(wish)
        }
    }

    /// Pulls, if there is something to say and the line has been high for long enough.
    private mutating func begin(at now: Int64) {
        guard case .high(let since) = line, let wish = wishes.first,
            now >= max(wish.notBefore, since + WireTiming.gap)
        else { return }
        wishes.removeFirst()
        own = wish
        line = .pulling(fell: nil, began: nil)
        actions.append(.pull)
    }

    /// Somebody else was quicker: theirs first, and ours then.
    private mutating func yield(until instant: Int64 = .min) {
        guard var wish = own else { return }
        own = nil
        wish.notBefore = instant
        wishes.insert(wish, at: 0)
    }

    private mutating func again(_ wish: Wish) {
        repeats += 1
        var wish = wish
        wish.attempts += 1
        own = nil
        // Who is talked over this often has been heard to move by everybody.
        guard wish.attempts < WireTiming.attempts else { return }
        if !wishes.contains(where: { $0.signal == wish.signal }) { wishes.insert(wish, at: 0) }
    }

    /// Nobody hears what was still to be said: it counts here alone.
    private mutating func giveUp(at now: Int64) {
        for wish in [own].compactMap({ $0 }) + wishes { actions.append(.heard(wish.signal, edge: now)) }
        own = nil
        wishes = []
    }

    private mutating func tick(at now: Int64) {
        guard let due = nextDue, due <= now else { return }
        switch line {
        case .risen(let fell, let at): settle(fell: fell, rose: at)
        case .low: actions.append(.look)
        case .pulling: actions.append(.release)
        case .high, .absent, .stuck: break
        }
    }
}
