internal import ArgumentParser
internal import Mesh

/// How long a manual command is in force.
struct ForOption: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long: 90s, 10m, 2h. (default: until another command)", valueName: "TIME"),
        transform: ArgumentText.duration(in: ZoneCommand.durationRange, example: "10m"))
    var time: Duration?
}
