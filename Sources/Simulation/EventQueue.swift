internal import Lighting

/// What is to happen when: a binary heap, in which what was put first comes first among equals.
struct EventQueue<Element> {
    /// What the heap moves about; the element lies still meanwhile.
    private struct Entry {
        var at: Int64
        var number: UInt64
        var slot: Int

        func isBefore(_ other: Entry) -> Bool { at < other.at || at == other.at && number < other.number }
    }

    private var heap: [Entry] = []
    private var slots: [Element?] = []
    private var free: [Int] = []
    private var count: UInt64 = 0

    /// Puts an element in for `at`.
    mutating func push(_ element: Element, at: MeshInstant) {
        count += 1
        let slot: Int
        if let last = free.popLast() {
            slot = last
            slots[slot] = element
        } else {
            slot = slots.count
            slots.append(element)
        }
        let entry = Entry(at: at.nanoseconds, number: count, slot: slot)
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, entry.isBefore(heap[(child - 1) / 2]) {
            heap[child] = heap[(child - 1) / 2]
            child = (child - 1) / 2
        }
        heap[child] = entry
    }

    /// Takes the earliest element out.
    mutating func pop() -> (at: MeshInstant, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sift(last) }
        guard let element = slots[first.slot].take() else { return nil }
        free.append(first.slot)
        return (MeshInstant(nanoseconds: first.at), element)
    }

    private mutating func sift(_ entry: Entry) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
            guard heap[child].isBefore(entry) else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = entry
    }
}
