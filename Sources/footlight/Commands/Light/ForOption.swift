internal import ArgumentParser
internal import Lighting

/// How long a manual command is in force.
struct ForOption: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "How long: 90s, 10m, 2h; visit: until nobody has moved for the zone's hold; ever: until another command.",
            valueName: "TIME"),
        transform: ForOption.ending)
    var time: Ending?

    @Option(
        help: ArgumentHelp(
            "empty: until nobody is there; where nobody is, off is left to the sensors at once.", valueName: "empty"),
        transform: ForOption.absence)
    var until: Ending?

    /// How it ends; nil: not said.
    var ending: Ending? { time ?? until }

    func validate() throws {
        guard time == nil || until == nil else { throw ValidationError("Say --for or --until, not both.") }
    }

    /// What can be waited for, which no time is.
    @Sendable private static func absence(_ text: String) throws -> Ending {
        guard text == "empty" else {
            throw ValidationError(
                "Only empty can be waited for: until nobody is there. A time goes with --for: --for 10m.")
        }
        return .absence(.empty)
    }

    @Sendable private static func ending(_ text: String) throws -> Ending {
        if let known = Ending.named.first(where: { $0.name == text }) { return known.ending }
        return .after(try ArgumentText.duration(in: Ending.range, example: "10m, visit, empty or ever")(text))
    }
}
