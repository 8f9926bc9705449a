extension Duration {
    /// The duration in nanoseconds; what doesn't fit (292 years) becomes the nearest that does.
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow2) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || overflow2 ? (seconds < 0 ? .min : .max) : sum
    }

    /// The duration in seconds.
    public var seconds: Double { Double(nanoseconds) / 1e9 }
}
