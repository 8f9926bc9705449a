/// A time that nobody knows exactly: from the shortest to the longest, most often the likeliest.
///
/// A triangular distribution; with no likeliest time, every time between is as likely as any other.
public struct TimeSpread: Sendable, Hashable {
    /// The shortest time.
    public var shortest: Duration
    /// The likeliest time; nil for an even spread.
    public var likeliest: Duration?
    /// The longest time.
    public var longest: Duration

    /// A spread. The times must be in order.
    public init(_ shortest: Duration, likeliest: Duration? = nil, _ longest: Duration) {
        precondition(shortest <= (likeliest ?? shortest) && (likeliest ?? longest) <= longest, "times in order")
        self.shortest = shortest
        self.likeliest = likeliest
        self.longest = longest
    }

    /// The mean.
    public var mean: Duration {
        likeliest.map { (shortest + $0 + longest) / 3 } ?? (shortest + longest) / 2
    }

    /// One time in seconds: from `uniform` (0 up to 1) by the inverse of the distribution function.
    func seconds(at uniform: Double) -> Double {
        let (a, b) = (shortest.inSeconds, longest.inSeconds)
        guard b > a else { return a }
        guard let c = likeliest?.inSeconds else { return a + (b - a) * uniform }
        let turn = (c - a) / (b - a)
        return uniform < turn
            ? a + (uniform * (b - a) * (c - a)).squareRoot() : b - ((1 - uniform) * (b - a) * (b - c)).squareRoot()
    }
}

extension Duration {
    /// In seconds, with fractions.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
