/// When a node is asked, and how it has answered.
struct ClockPoll: Sendable {
    /// When it is asked next, monotonic.
    var next: Int64
    /// How many more questions in close order.
    var burst: Int
    /// How many questions since its last answer, and when the first of them went.
    var unanswered = 0
    var unansweredSince: Int64 = 0
    /// Whether it answered that it doesn't know the time.
    var isIgnorant = false
    /// Whether it answered that it acts as the reference; nil before it answered.
    var isActing: Bool?
    /// The questions that may still be answered: sequence, t1, and whether they told the time of day.
    var pending: [(sequence: Int, t1: Int64, told: Bool)] = []
}
