internal import Hardware
internal import Lighting

/// An output, when it is to be presented next, and whether it works.
struct DrivenOutput {
    private let output: any LightOutput
    private let minimumInterval: Int64
    private var backoff = Backoff()
    /// Whether something was set since it was last presented.
    private(set) var isStale = false
    private var due: Int64 = .max
    private var notBefore: Int64 = .min
    /// Why it doesn't work; nil while it does.
    private(set) var failure: String?
    /// Whether it is saying its end, or has said it: then it shows nothing more.
    private var isEnding = false
    private(set) var hasEnded = false

    init(_ output: any LightOutput) {
        self.output = output
        minimumInterval = output.minimumInterval.nanoseconds
    }

    /// When it wants to be presented, on the monotonic clock.
    var nextDue: Int64 { hasEnded ? .max : isStale || isEnding ? notBefore : max(due, notBefore) }

    /// Whether what was set last is shown, or can't be.
    var isSettled: Bool { isEnding || !isStale || failure != nil }

    /// Sets what a part shows.
    mutating func set(_ frame: Frame, of part: Int) {
        output.set(frame, of: part)
        isStale = true
    }

    /// Shows it, if it is due.
    ///
    /// - Returns: whether that made it fail, work again, or fail in another way.
    mutating func presentIfDue(at now: Int64, isAtRest: Bool) -> Bool {
        guard !isEnding, nextDue <= now else { return false }
        isStale = false
        let before = failure
        do throws(HardwareError) {
            due = now + (try output.present(isAtRest: isAtRest)).nanoseconds
            notBefore = now + minimumInterval
            backoff.succeeded()
            failure = nil
        } catch {
            notBefore = now + backoff.failed().nanoseconds
            due = notBefore
            failure = error.description
        }
        return failure != before
    }

    /// Says the end, as much of it as is due at `now`; what it was set to must be settled.
    mutating func endIfDue(at now: Int64) {
        isEnding = true
        guard nextDue <= now else { return }
        let more = failure == nil ? try? output.end() : nil
        hasEnded = more == nil
        notBefore = now + (more ?? .zero).nanoseconds
    }
}
