internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight on`
struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lights zones or bars, whatever the sensors see.",
        discussion: """
            EXAMPLES
              footlight on stairs
              footlight on stairs --brightness 40% --colour 2200K --for 10m
              footlight on stairs --for visit        # until nobody has moved for the hold
              footlight on stair-03 --colour '#ff8800' --ease 2s
              footlight on --all --for 1h
              footlight on 'upstairs-*' hall --brightness 20%
              footlight auto stairs                  # leave it to the sensors again
            """)

    @OptionGroup var target: TargetArguments

    @Option(
        help: ArgumentHelp(
            "How bright. (default: as it is by a command, else as the zone's look)", valueName: "PERCENT"),
        transform: ArgumentText.percentage)
    var brightness: Lightness?

    @Option(
        help: ArgumentHelp("2200K, '#ff8800' or warm, say. (default: as --brightness)", valueName: "COLOUR"),
        transform: ArgumentText.colour)
    var colour: Colour?

    @OptionGroup var time: ForOption
    @OptionGroup var ease: EaseOption

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let mode = ZoneCommand.Mode.on(brightness: brightness, colour: colour)
        try await LightOrder(mode: mode, target: target, ending: time.ending, ease: ease.ease).give(to: site)
    }
}
