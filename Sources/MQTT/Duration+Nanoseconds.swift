extension Duration {
    /// Whole nanoseconds, for instants of ``MonotonicClock``; durations beyond 292 years are not meant.
    var nanoseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}
