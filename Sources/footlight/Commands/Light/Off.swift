internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight off`
struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps zones or bars dark, whatever the sensors see.",
        discussion: """
            Of several each has a line of its own, and one that doesn't take it keeps it from no other: it is named, and
            the exit code is 1 (it refuses) or 69 (nobody answers). A bar in several zones shows the brightest of them:
            it is dark once all of them are, or by a command of its own.

            EXAMPLES
              footlight off stairs --for 2h
              footlight off stairs --until empty
              footlight off stair-03/bar
              footlight off --all                    # every zone of the site
              footlight off stairs 'upstairs-*'      # several, by name and by pattern: * is anything, ? one character
              footlight auto stairs                  # leave it to the sensors again
            """)

    @OptionGroup var target: TargetArguments
    @OptionGroup var time: ForOption
    @OptionGroup var ease: EaseOption

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await LightOrder(mode: .off, target: target, ending: time.ending ?? .never, ease: ease.ease).give(to: site)
    }
}
