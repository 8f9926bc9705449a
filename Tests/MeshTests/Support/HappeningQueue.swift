/// What is still to happen, soonest first; at one instant, in the order it was put in.
struct HappeningQueue<Happening> {
    private var heap: [(time: Int64, number: Int, happening: Happening)] = []
    private var count = 0

    var nextTime: Int64? { heap.first?.time }

    mutating func push(_ time: Int64, _ happening: Happening) {
        count += 1
        heap.append((time, count, happening))
        var child = heap.count - 1
        while child > 0, before(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Happening? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let last = heap.removeLast()
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && before(child, first) {
                first = child
            }
            if first == parent { return last.happening }
            heap.swapAt(first, parent)
            parent = first
        }
    }

    private func before(_ a: Int, _ b: Int) -> Bool {
        (heap[a].time, heap[a].number) < (heap[b].time, heap[b].number)
    }
}
