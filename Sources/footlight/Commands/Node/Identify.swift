internal import ArgumentParser
internal import Documents
internal import Lighting

/// `footlight identify`
struct Identify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the bars of a node blink, to find it.",
        discussion: """
            EXAMPLES
              footlight identify stair-03
              footlight identify stair-03 --for 30s
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long. (default: 5s)", valueName: "TIME"),
        transform: ArgumentText.duration(in: .milliseconds(500) ... .seconds(3600), example: "5s"))
    var time: Duration?

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let time = time ?? .seconds(5)
        let order = NodeOrder(action: "identify", node: node, sensor: nil, time: time)
        try await order.give(to: site, saying: "\(node) blinks for \(time.text)")
    }
}
