internal import Lighting
internal import Mesh

/// What of a node its clock is to be told: when something was said that is kept, who is online once all retained statuses
/// have come, and whether a bar is lit; each whenever it changes.
struct ClockNews: Sendable {
    /// What it was told last; of who is online the revision.
    private var order: Int?
    private var word: MeshInstant?
    private var isLit = true

    /// Another connection begins, or none is left.
    mutating func forgetOrder() { order = nil }

    /// When something was said that is kept; nil: the clock knows.
    mutating func word(of core: borrowing NodeCore) -> MeshClockEvent? {
        guard let said = core.latestWord, said != word else { return nil }
        word = said
        return .said(said)
    }

    /// Who is online; nil: that isn't known, or the clock knows.
    mutating func order(of core: borrowing NodeCore) -> MeshClockEvent? {
        guard core.knowsWhoIsThere, core.clockOrderRevision != order else { return nil }
        order = core.clockOrderRevision
        return .presence(core.clockOrder)
    }

    /// Whether a bar is lit; nil: the clock knows.
    mutating func light(of core: borrowing NodeCore) -> MeshClockEvent? {
        guard core.isLit != isLit else { return nil }
        isLit = core.isLit
        return .lit(isLit)
    }
}
