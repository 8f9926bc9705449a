internal import Lighting

/// What is to happen when: a binary heap, in which what was put first comes first among equals.
struct EventQueue<Element> {
    private struct Entry {
        var at: MeshInstant
        var number: UInt64
        var element: Element

        func isBefore(_ other: Entry) -> Bool { (at.nanoseconds, number) < (other.at.nanoseconds, other.number) }
    }

    private var heap: [Entry] = []
    private var count: UInt64 = 0

    /// Puts an element in for `at`.
    mutating func push(_ element: Element, at: MeshInstant) {
        count += 1
        heap.append(Entry(at: at, number: count, element: element))
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the earliest element out.
    mutating func pop() -> (at: MeshInstant, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (first.at, first.element) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.at, first.element)
    }
}
