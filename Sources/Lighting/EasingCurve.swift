/// The way in which lightness travels from one value to another. All are monotonic, from 0 at 0 to 1 at 1.
public enum EasingCurve: String, Sendable, Hashable, CaseIterable {
    /// Evenly.
    case linear
    /// Slow at both ends: smoothstep, whose speed vanishes at both ends. (Smootherstep would come so slowly that the
    /// first light is seen a dozen frames late.)
    case smooth
    /// Slow at both ends: half a period of a cosine.
    case sine
    /// Slow at the beginning.
    case accelerate
    /// Slow at the end.
    case decelerate

    /// Returns the part of its way that the light has come at `progress` of its time. Both 0…1; progress outside is
    /// clamped.
    ///
    /// - Source: smooth: the cubic Hermite interpolation 3t² − 2t³.
    public func callAsFunction(_ progress: Double) -> Double {
        let t = min(max(progress, 0), 1)
        switch self {
        case .linear: return t
        case .smooth: return t * t * (3 - 2 * t)
        case .sine: return (1 - cosine(t * .pi)) / 2
        case .accelerate: return t * t
        case .decelerate: return t * (2 - t)
        }
    }
}
