internal import Lighting

/// What is due when: a binary heap. What has become of no interest is skipped by whoever takes it out.
struct DueQueue<Element: Sendable>: Sendable {
    private var heap: [(at: MeshInstant, element: Element)] = []

    /// When the first is due.
    var first: MeshInstant? { heap.first?.at }

    /// Puts an element in for `at`.
    mutating func push(_ element: Element, at: MeshInstant) {
        heap.append((at, element))
        var child = heap.count - 1
        while child > 0, heap[child].at < heap[(child - 1) / 2].at {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the first element out, if it is due at `now`.
    mutating func pop(dueAt now: MeshInstant) -> Element? {
        guard let first = heap.first, first.at <= now, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first.element }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].at < heap[least].at {
                least = child
            }
            guard least != parent else { return first.element }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    /// Forgets all.
    mutating func removeAll() { heap.removeAll() }
}
