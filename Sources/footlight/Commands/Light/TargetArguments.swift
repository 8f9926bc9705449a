internal import ArgumentParser

/// What a manual command is for.
struct TargetArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A zone, or a bar: stair-01, stair-01/bar.", valueName: "TARGET"))
    var target: String

    @Flag(help: "TARGET is a bar, even if a zone has the same name.")
    var bar = false
}
