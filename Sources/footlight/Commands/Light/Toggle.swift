internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight toggle`
struct Toggle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts out what is lit, and lights what is dark.",
        discussion: """
            Where somebody is whose light was put out, it is left to the sensors again. How it ends, if that isn't said, is
            for the zone's `manual`. Of several (`--all`, several names, a pattern) all go out where any is lit, else all
            are lit.

            EXAMPLES
              footlight toggle stairs
              footlight toggle stairs --for visit
              footlight toggle --all
            """)

    @OptionGroup var target: TargetArguments
    @OptionGroup var time: ForOption
    @OptionGroup var ease: EaseOption

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await LightOrder(mode: .toggle, target: target, ending: time.ending, ease: ease.ease).give(to: site)
    }
}
