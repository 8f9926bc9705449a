import Glibc
public import MQTT
import Platform
import Processes

/// An owner's poll loop around one ``MQTTConnection``, for tests: on one thread, it records every event and for how
/// long a call blocked it.
public final class ConnectionDriver {
    /// The connection.
    public let connection: MQTTConnection
    /// Every event so far.
    public private(set) var events: [MQTTEvent] = []
    /// The longest that a call into the connection has waited for anything.
    public private(set) var longestWait: Duration = .zero
    /// The number of times that `poll` has returned.
    public private(set) var wakeUps = 0

    /// Makes a connection; nothing happens before ``run(within:until:)``.
    public init(_ configuration: MQTTConfiguration) throws {
        connection = try MQTTConnection(configuration)
    }

    /// Polls and hands on until an event satisfies `isLast`, which is given the events of now.
    /// - Throws: ``TestFailure`` after `limit`, with all events.
    public func run(_ what: String, within limit: Duration = .seconds(10), until isLast: (MQTTEvent) -> Bool) throws {
        let deadline = Deadline(limit)
        while true {
            var isDone = false
            for event in step(until: deadline) where isLast(event) { isDone = true }
            if isDone { return }
            if deadline.hasPassed {
                throw TestFailure("\(what): not within \(limit); events: \(events.suffix(20))")
            }
        }
    }

    /// Polls and hands on for a time.
    public func run(for time: Duration) {
        let deadline = Deadline(time)
        while !deadline.hasPassed { _ = step(until: deadline) }
    }

    /// Runs until all filters are answered after the next connect.
    public func runUntilSubscribed(within limit: Duration = .seconds(10)) throws {
        try run("subscribed", within: limit) { $0 == .subscribed }
    }

    /// Closes the connection in good order.
    public func close(within limit: Duration = .seconds(2)) throws {
        connection.disconnect(within: limit)
        try run("closed", within: limit + .seconds(2)) { $0 == .closed }
    }

    private func step(until deadline: Deadline) -> [MQTTEvent] {
        var entry = pollfd(fd: connection.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        if connection.wantsWrite { entry.events |= Int16(POLLOUT) }
        let left = max(0, min(connection.nextTick, deadline.instant) &- MonotonicClock.now)
        let wait = connection.nextTick == .min ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
        let count = poll(&entry, 1, wait)
        wakeUps += 1
        let start = MonotonicClock.now
        let meter = SleepMeter()
        let flags = Int32(entry.revents)
        let new =
            count > 0
            ? connection.ready(
                readable: flags & (POLLIN | POLLERR | POLLHUP) != 0, writable: flags & POLLOUT != 0, now: start)
            : connection.tick(now: start)
        longestWait = max(longestWait, meter.asleep)
        events += new
        return new
    }
}
