internal import Lighting
internal import Mesh

/// When frames are drawn: while anything moves, one after the other; the first of what is planned is calculated ahead.
struct FrameSchedule: Sendable {
    /// How long before. Ten agents on one small board still get it done one after the other.
    static let ahead: Int64 = 2_000_000
    /// So late it isn't the right frame any more.
    static let limit: Int64 = 2_000_000

    /// The frame of a planned instant, calculated before it: when that comes, there is nothing left to do but write it.
    private struct Prepared: Sendable {
        /// When, on the monotonic clock.
        let due: Int64
        /// The core as it will be when the frame is drawn.
        let core: NodeCore
        /// When the frame after it is due.
        let next: MeshInstant?
    }

    private let interval: Duration
    /// When the next frame is due, on the monotonic clock.
    private(set) var next: Int64?
    /// When a bar's next cue comes into force, on the monotonic clock, and the frame that will then be written.
    private var nextCue: Int64?
    private var prepared: Prepared?
    /// When a prepared frame was shown last.
    private(set) var shown = Int64.min

    /// Frames that stand for `interval` each.
    init(interval: Duration) { self.interval = interval }

    /// What a bar shows in the prepared frame; nil: there is none.
    func preparedLook(ofBar index: Int, byPixel: Bool) -> BarLook? {
        guard let prepared else { return nil }
        return BarLook(ofBar: index, in: prepared.core, byPixel: byPixel)
    }

    /// When the prepared frame is to be shown; nil: there is none.
    var preparedDue: Int64? { prepared?.due }

    /// Bars may show something else now.
    mutating func redraw(at now: Int64) { next = now }

    /// Mesh time runs otherwise than before: a frame that was planned by it is drawn at once.
    mutating func replan(at now: Int64) { if next != nil { next = now } }

    /// What is known of the next cue. A frame that was prepared rests on what was known before, and is dropped.
    mutating func plan(nextCue: Int64?) {
        self.nextCue = nextCue
        prepared = nil
    }

    /// When something is to be drawn, prepared or shown; `.max`: nothing moves, and nothing is planned.
    var due: Int64 { min(next ?? .max, preparationDue, prepared?.due ?? .max) }

    /// When a frame is to be prepared: shortly before a cue that finds the bars at rest.
    private var preparationDue: Int64 {
        guard prepared == nil, next == nil, let nextCue else { return .max }
        return nextCue - FrameSchedule.ahead
    }

    /// Draws the frame that is due.
    ///
    /// - Returns: when it was due; nil: none is.
    mutating func draw(_ core: inout NodeCore, by clock: MeshClockCore, at now: Int64) -> Int64? {
        guard let due = next, due <= now else { return nil }
        next = core.draw(at: clock.mesh(at: now), interval: interval).map(clock.monotonic)
        return due
    }

    /// Calculates the next cue's first frame, once its time is near.
    ///
    /// - Returns: whether it did.
    mutating func prepare(_ core: NodeCore, by clock: MeshClockCore, at now: Int64) -> Bool {
        guard preparationDue <= now, let nextCue, nextCue > now else { return false }
        var core = core
        let next = core.draw(at: clock.mesh(at: nextCue), interval: interval)
        prepared = Prepared(due: nextCue, core: core, next: next)
        return true
    }

    /// Has the prepared frame shown when its time has come.
    ///
    /// - Returns: when it was due; nil: there is none, or it is too late for it.
    mutating func show(_ core: inout NodeCore, by clock: MeshClockCore, at now: Int64) -> Int64? {
        guard let prepared, prepared.due <= now else { return nil }
        self.prepared = nil
        guard now - prepared.due < FrameSchedule.limit else { return nil }
        core = prepared.core
        next = prepared.next.map(clock.monotonic)
        shown = now
        return prepared.due
    }
}
