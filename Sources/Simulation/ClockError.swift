internal import Lighting

/// How far the clocks of a site may have been off lately: the highest of their error bounds within some time.
struct ClockError: Sendable {
    /// Since when the present part of that time has run, and the highest bounds in it and in the one before.
    private var since = MeshInstant.distantPast
    private var current = Duration.zero
    private var before = Duration.zero

    var highest: Duration { max(current, before) }

    mutating func take(_ bound: Duration, at now: MeshInstant, window: Duration) {
        if now - since > window {
            before = current
            current = .zero
            since = now
        }
        current = max(current, bound)
    }
}
