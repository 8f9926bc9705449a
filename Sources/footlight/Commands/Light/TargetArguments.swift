internal import ArgumentParser

/// What a manual command is for.
struct TargetArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Zones, bars (stair-01, stair-01/bar), or patterns of zones: 'upstairs-*'.", valueName: "TARGET"))
    var targets: [String] = []

    @Flag(help: "All zones of the site.")
    var all = false

    @Flag(help: "TARGET is a bar, even if a zone has the same name.")
    var bar = false

    @Flag(help: "Print JSON.")
    var json = false

    /// Whether it may be for several, each of which has a line of its own.
    var isGroup: Bool { all || targets.count > 1 || targets.contains(where: ZonePattern.isOne) }

    func validate() throws {
        if all, !targets.isEmpty || bar { throw ValidationError("--all is all zones: leave TARGET and --bar out.") }
        if !all, targets.isEmpty { throw ValidationError("Say what it is for: a TARGET or several, or --all.") }
    }
}
