internal import ArgumentParser
internal import Documents
internal import Lighting

/// Arguments read as the site file reads them.
enum ArgumentText {
    /// A duration within `range`: `10m`.
    static func duration(in range: ClosedRange<Duration>, example: String) -> @Sendable (String) throws -> Duration {
        { text in
            guard let duration = Duration(text: text) else {
                throw ValidationError("\(Duration.textForms), such as \(example).")
            }
            guard range.contains(duration) else {
                throw ValidationError("From \(range.lowerBound.text) to \(range.upperBound.text) is allowed.")
            }
            return duration
        }
    }

    /// A percentage: `40%`.
    @Sendable static func percentage(_ text: String) throws -> Lightness {
        guard let lightness = Lightness(text: text) else {
            throw ValidationError("A brightness goes from 0% to 100%, with the % sign.")
        }
        return lightness
    }

    /// A whole percentage within `range`: `90%`, or `90`.
    static func wholePercentage(in range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text.hasSuffix("%") ? text.dropLast() : text[...]), range.contains(number) else {
                throw ValidationError("A whole number from \(range.lowerBound)% to \(range.upperBound)%.")
            }
            return number
        }
    }

    /// A colour: `2200K`.
    @Sendable static func colour(_ text: String) throws -> Colour {
        guard let colour = Colour(text: text) else { throw ValidationError("A colour is \(Colour.textForms).") }
        return colour
    }
}
