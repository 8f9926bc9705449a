/// One line of the table: a figure of Footlight's beside its reference, and what it must reach.
struct Row: Encodable, Sendable {
    /// Which of a figure's numbers is judged.
    enum Judged: String, Encodable, Sendable {
        case median
        case p99
        /// The largest; where it is a ratio, that of the activation with the largest.
        case worst
    }

    /// The part of the bench that it comes from, as `--only` names it.
    var part: Part
    /// What is measured.
    var what: String
    var figure: Figure
    /// What the reference is; nil: the figure itself has a limit.
    var referenceWhat: String?
    var reference: Figure?
    var judged: Judged
    /// The figure's ratio to its reference, or the figure itself where it has none.
    var value: Double
    /// What the value may be at most.
    var limit: Double
    var isReached: Bool
    /// What else was seen, and where the time goes.
    var notes: [String]

    init(
        _ part: Part, _ what: String, _ figure: Figure, against referenceWhat: String, _ reference: Figure,
        judged: Judged, limit: Double, notes: [String] = []
    ) {
        self.init(part, what, figure, judged: judged, limit: limit, notes: notes)
        self.referenceWhat = referenceWhat
        self.reference = reference
        value = judged == .p99 ? figure.p99 / reference.p99 : figure.median / reference.median
        isReached = value <= limit
    }

    init(
        _ part: Part, _ what: String, _ figure: Figure, judged: Judged, limit: Double, notes: [String] = []
    ) {
        self.part = part
        self.what = what
        self.figure = figure
        self.judged = judged
        self.limit = limit
        self.notes = notes
        value = judged == .p99 ? figure.p99 : figure.median
        isReached = value <= limit
    }
}
