extension Colour {
    /// The colour temperature that looks nearest: its own if it is one, else that of the black body nearest to it in the
    /// CIE 1976 UCS diagram, to a mired; warm white for black.
    public var nearestTemperature: Kelvin {
        if case .temperature(let kelvin) = self { return kelvin }
        guard let (u, v) = chromaticity?.uniform else { return .warmWhite }
        let range = Int(Kelvin(clamping: .infinity).mired.rounded())...Int(Kelvin(clamping: 0).mired.rounded())
        var nearest = (mired: range.lowerBound, distance: Double.infinity)
        for mired in range {
            let white = Kelvin(mired: Double(mired)).chromaticity.uniform
            let distance = (white.u - u) * (white.u - u) + (white.v - v) * (white.v - v)
            if distance < nearest.distance { nearest = (mired, distance) }
        }
        return Kelvin(mired: Double(nearest.mired))
    }
}

extension Kelvin {
    /// The roundest temperature among those that become the whole number `mired` when a program drops the fraction, as Home
    /// Assistant does: 370 stands for 2700 K, though 1,000,000 / 370 is 2702.7.
    public init(wholeMired mired: Int) {
        let (least, most) = (1e6 / Double(mired + 1), 1e6 / Double(mired))
        let round = [100.0, 50, 25, 10, 5].map { (most / $0).rounded(.down) * $0 }.first { $0 > least }
        self.init(clamping: round ?? most)
    }
}
