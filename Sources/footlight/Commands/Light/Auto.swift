internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight auto`
struct Auto: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Leaves zones or bars to their sensors again.",
        discussion: """
            EXAMPLES
              footlight auto stairs                  # ends commands for its bars, too
              footlight auto stair-03 --ease 2s
              footlight auto --all
            """)

    @OptionGroup var target: TargetArguments
    @OptionGroup var ease: EaseOption

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await LightOrder(mode: .auto, target: target, ending: nil, ease: ease.ease).give(to: site)
    }
}
