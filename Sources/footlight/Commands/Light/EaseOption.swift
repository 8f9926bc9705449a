internal import ArgumentParser
internal import Lighting

/// How long a change takes.
struct EaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("How long the change takes. (default: as the zone's look)", valueName: "TIME"),
        transform: ArgumentText.duration(in: Look.easeRange, example: "2s"))
    var ease: Duration?
}
