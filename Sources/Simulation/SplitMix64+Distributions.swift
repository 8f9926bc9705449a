internal import Glibc
internal import Lighting

extension SplitMix64 {
    /// True with this probability.
    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }

    /// A number evenly out of a range.
    mutating func real(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &self) }

    /// An integer evenly out of a range.
    mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

    /// A duration evenly out of a range of seconds.
    mutating func seconds(_ range: ClosedRange<Double>) -> Duration { .nanoseconds(Int64(real(range) * 1e9)) }

    /// One of several.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[integer(0...(choices.count - 1))] }

    /// A number whose logarithm is normal, by its median and its 99th percentile.
    ///
    /// - Source: G. Box, M. Muller, "A note on the generation of random normal deviates", 1958; 2.326 is the normal
    ///   distribution's 99th percentile.
    mutating func logNormal(median: Double, percentile99: Double) -> Double {
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
        let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
        return median * exp(normal * log(percentile99 / median) / 2.326)
    }
}
