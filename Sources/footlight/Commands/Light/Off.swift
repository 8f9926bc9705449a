internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight off`
struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps a zone or a bar dark, whatever the sensors see.",
        discussion: """
            EXAMPLES
              footlight off stairs --for 2h
              footlight off stairs --until empty
              footlight off stair-03/bar
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
