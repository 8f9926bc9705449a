internal import Hardware
internal import Logging
internal import Mesh
internal import Platform

/// The trigger wire at work: its core between its line and the agent's nodes.
final class WireRuntime {
    /// Takes up a signal whose pulse began at an instant of the monotonic clock.
    var hear: (WireSignal, Int64) -> Void = { _, _ in }

    /// How many edges are read at a time: a wire that swings freely must not keep the loop from all else.
    private static let atATime = 64

    private let line: WireLine
    private var core: WireCore
    private var retry: Retry
    /// Why it doesn't work.
    private var fault: String?
    private var pulses = 0
    private let log: Logger

    /// - Parameters:
    ///   - node: the agent's first node, for others to see who has the line.
    ///   - log: the agent's.
    init(_ wire: WireConfiguration, node: String, log: Logger) {
        line = WireLine(wire, consumer: .wire(node: node))
        core = WireCore(seed: .random(in: .min ... .max))
        retry = Retry(at: MonotonicClock.now)
        self.log = log
    }

    /// What is to be waited on; -1: nothing.
    var descriptor: Int32 { line.descriptor }

    /// The monotonic instant at which ``attend(now:)`` must be called next.
    var deadline: Int64 { min(retry.due ?? .max, core.nextDue ?? .max) }

    /// Does all that is due at `now`, edges first.
    func attend(now: Int64) {
        if let due = retry.due {
            guard due <= now else { return }
            open(now: now)
            return
        }
        readEdges()
        if let due = core.nextDue, due <= MonotonicClock.now { handle(.tick, at: MonotonicClock.now) }
    }

    /// Says something to all who listen; they and we hear it once it is said.
    func say(_ signal: WireSignal, now: Int64) {
        readEdges()
        handle(.send(signal), at: now)
    }

    /// As a check of a health report.
    var check: HealthMessage.Check {
        .init(
            .wire, healthy: fault == nil, value: Double(pulses),
            detail: fault
                ?? "\(core.glitches) disturbances filtered, \(core.unclear) unclear, \(core.repeats) said again")
    }

    private func open(now: Int64) {
        do throws(HardwareError) {
            let isLow = try line.listen()
            retry.worked()
            tell(fault: nil)
            log.info("wire: listens on \(line.place)")
            handle(.opened(isLow: isLow), at: MonotonicClock.now)
        } catch {
            retry.failed(at: now)
            tell(fault: error.description)
        }
    }

    private func readEdges() {
        guard retry.due == nil else { return }
        attempt { () throws(HardwareError) in
            var count = 0
            while count < WireRuntime.atATime, let edge = try line.nextEdge() {
                count += 1
                handle(edge.isActive ? .rose : .fell, at: edge.instant)
            }
        }
    }

    private func handle(_ event: WireEvent, at instant: Int64) {
        for action in core.handle(event, at: instant) { perform(action) }
    }

    private func perform(_ action: WireAction) {
        switch action {
        case .pull:
            // What came until now is older than our own pulse; perhaps somebody else's has begun.
            readEdges()
            guard core.isPulling else { break }
            attempt { () throws(HardwareError) in
                if try line.isLow() { return handle(.taken, at: MonotonicClock.now) }
                try line.pull()
                handle(.pulled, at: MonotonicClock.now)
            }
        case .release:
            attempt { () throws(HardwareError) in
                // It lets go first; to listen for edges again may take the kernel some milliseconds more.
                let released = MonotonicClock.now
                let isLow = try line.listen()
                handle(.released(isLow: isLow), at: released)
            }
        case .look:
            attempt { () throws(HardwareError) in handle(.looked(isLow: try line.isLow()), at: MonotonicClock.now)
            }
        case .heard(let signal, let edge):
            pulses += 1
            log.debug("wire: \(signal), from \(edge / 1000) µs on")
            hear(signal, edge)
        case .fault(let reason): tell(fault: reason)
        }
    }

    /// Does something with the line; where that fails, the line is gone, and is tried again.
    private func attempt(_ body: () throws(HardwareError) -> Void) {
        do throws(HardwareError) {
            try body()
        } catch {
            guard retry.due == nil else { return }
            line.close()
            let now = MonotonicClock.now
            retry.failed(at: now)
            tell(fault: error.description)
            handle(.closed, at: now)
        }
    }

    private func tell(fault reason: String?) {
        guard reason != fault else { return }
        fault = reason
        if let reason { log.warning("wire: \(reason)") } else { log.info("wire: works again") }
    }
}
