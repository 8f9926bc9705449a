import Lighting

/// Puts events that come a little out of order in order, holding few of them back.
struct EventOrder: Sendable {
    /// The most events that are held back, whatever their times.
    static let limit = 65_536

    /// What became of an event.
    enum Place: Sendable, Hashable {
        /// It was the latest so far.
        case inOrder
        /// It was put in its place.
        case moved
        /// Its place has been passed: it is left out.
        case tooLate
    }

    private let tolerance: Duration
    private var held: [MotionEvent] = []
    private var head = 0
    private var newest = MeshInstant.distantPast
    private var released = MeshInstant.distantPast

    /// - Parameter tolerance: how much earlier than the latest an event may be.
    init(tolerance: Duration) { self.tolerance = tolerance }

    /// Takes an event, and hands on what nothing can come before any more.
    mutating func put(_ event: MotionEvent, into events: inout [MotionEvent]) -> Place {
        if event.time >= newest {
            newest = event.time
            held.append(event)
            release(before: newest - tolerance, into: &events)
            return .inOrder
        }
        guard event.time >= newest - tolerance, event.time >= released else { return .tooLate }
        var index = held.count
        while index > head, held[index - 1].time > event.time { index -= 1 }
        held.insert(event, at: index)
        release(before: newest - tolerance, into: &events)
        return .moved
    }

    /// Hands on all that is held back.
    mutating func flush(into events: inout [MotionEvent]) {
        release(before: .distantFuture, into: &events)
    }

    private mutating func release(before limit: MeshInstant, into events: inout [MotionEvent]) {
        while head < held.count, held[head].time < limit || held.count - head > EventOrder.limit {
            events.append(held[head])
            released = held[head].time
            head += 1
        }
        if head > 1024, head * 2 > held.count {
            held.removeFirst(head)
            head = 0
        }
    }
}
