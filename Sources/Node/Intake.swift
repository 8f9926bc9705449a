/// A queue of what came from the broker: first what light may be waiting for, whatever else pours in, and no longer at
/// a time than the loop can spare, for its own sensors, clock and frames come before any of it.
struct Intake<Element: Sendable>: Sendable {
    /// An element's bearing on light.
    enum Kind: Sendable, Hashable {
        /// Motion, how dark it is, a command: it goes before what waits.
        case light
        /// Configuration, who is there: it has time.
        case other
        /// The connection began or ended: nothing goes before it that came after.
        case turn
    }

    /// The longest time that may be worked at a time, nanoseconds: a third of a frame at 60 Hz.
    static var slice: Int64 { 5_000_000 }
    /// From so many elements or bytes on no more are read: the broker keeps them.
    private static var maximumCount: Int { 4096 }
    private static var maximumBytes: Int { 4 << 20 }

    private var light = Queue()
    private var others = Queue()
    /// How many turns wait among the others.
    private var turns = 0
    private var byteCount = 0
    private var sliceEnd = Int64.min
    /// True if there was more than could be done in a slice, until all is done.
    private(set) var isBehind = false

    /// An intake in which nothing waits.
    init() {}

    /// True if nothing waits.
    var isEmpty: Bool { light.isEmpty && others.isEmpty }

    /// True if no more is to be read until some of it has been taken up.
    var isFull: Bool {
        light.count + others.count >= Intake.maximumCount || byteCount >= Intake.maximumBytes
    }

    /// Something came, of so many bytes.
    mutating func add(_ element: Element, _ kind: Kind, bytes: Int = 0) {
        byteCount += bytes
        if kind == .turn { turns += 1 }
        let entry = Entry(element: element, kind: kind, bytes: bytes)
        if kind == .light, turns == 0 { light.add(entry) } else { others.add(entry) }
    }

    /// The loop comes by, at `now` of the monotonic clock: from here on it may work for a slice.
    mutating func begin(at now: Int64) { sliceEnd = now + Intake.slice }

    /// Returns what is to be taken up now; nil: nothing, or the slice is over, and whatever waits is for the next.
    mutating func next(at now: Int64) -> Element? {
        guard !isEmpty else {
            isBehind = false
            return nil
        }
        guard now < sliceEnd else {
            isBehind = true
            return nil
        }
        guard let entry = light.next() ?? others.next() else { return nil }
        byteCount -= entry.bytes
        if entry.kind == .turn { turns -= 1 }
        return entry.element
    }

    private struct Entry {
        var element: Element
        var kind: Kind
        var bytes: Int
    }

    private struct Queue {
        private var entries: [Entry?] = []
        private var head = 0

        var count: Int { entries.count - head }
        var isEmpty: Bool { count == 0 }

        mutating func add(_ entry: Entry) { entries.append(entry) }

        mutating func next() -> Entry? {
            guard head < entries.count else { return nil }
            let entry = entries[head].take()
            head += 1
            if head == entries.count || head >= 1024 {
                entries.removeFirst(head)
                head = 0
            }
            return entry
        }
    }
}
