public import Lighting

extension Lightness {
    /// The lightness that people write as `60%`, from 0% to 100%; nil for anything else.
    public init?(text: String) {
        guard text.hasSuffix("%"), let value = DecimalText.scaled(text.dropLast(), by: 1_000_000),
            value <= 100_000_000
        else { return nil }
        self.init(Double(value) / 100_000_000)
    }

    /// The lightness as people write it, which ``init(text:)`` reads; to a tenth of a percent.
    public var text: String {
        let tenths = Int((value * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
}
