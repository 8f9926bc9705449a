/// The light that a zone shows when it is lit, and the way it comes and goes.
public struct Look: Sendable, Hashable {
    /// The durations that an ease may take: 0 s (at once) … 60 s.
    public static let easeRange = Duration.zero...Duration.seconds(60)

    /// The brightness.
    public var brightness: Lightness
    /// The colour.
    public var colour: Colour
    /// The colour at a bar's far end, with all between the two along it; nil: the same.
    public var gradient: Colour?
    /// The time that it takes to come, 0…60 s.
    public var easeIn: Duration
    /// The time that it takes to go, 0…60 s.
    public var easeOut: Duration
    /// The curve along which it comes and goes.
    public var curve: EasingCurve

    /// A look; the defaults are those of a zone that says nothing.
    public init(
        brightness: Lightness = .full, colour: Colour = .warmWhite, gradient: Colour? = nil,
        easeIn: Duration = .milliseconds(400), easeOut: Duration = .milliseconds(1500), curve: EasingCurve = .smooth
    ) {
        self.brightness = brightness
        self.colour = colour
        self.gradient = gradient
        self.easeIn = easeIn
        self.easeOut = easeOut
        self.curve = curve
    }

    /// The light of a bar that is fully lit.
    public var light: Light { Light(lightness: brightness, colour: colour, farColour: gradient) }
}
