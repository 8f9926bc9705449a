/// A part of the board, or of what hangs on it, that a bar or a sensor needs.
package enum Claim: Sendable, Hashable {
    /// A GPIO line, alone.
    case line(GPIOPlace)
    /// A part that one alone can have: `channel 0 of pwmchip0`.
    case part(String)
    /// A part that several may have who say the same of it: `the PCA9685 at 0x40 of /dev/i2c-1`, `1000 Hz`.
    case shared(String, terms: String)

    /// The part's name.
    package var part: String {
        switch self {
        case .line(let place): "\(place)"
        case .part(let part), .shared(let part, _): part
        }
    }

    /// Why this can't be had beside an `earlier` claim to the same part, whose owner is `other`; nil: it can.
    package func conflict(with earlier: Claim, of other: String) -> (problem: String, remedy: String)? {
        guard case .shared(_, let terms) = self, case .shared(_, let others) = earlier else {
            return ("\(part) is \(other)'s too", "Give the two different ones")
        }
        if terms == others { return nil }
        return ("wants \(part) with \(terms), and \(other) wants it with \(others)", "Say the same of it in both")
    }
}
