internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight trigger`
struct Trigger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Does as if a sensor had seen motion.",
        discussion: """
            EXAMPLES
              footlight trigger stair-01/bottom              # somebody passed by
              footlight trigger landing/top --for 5s         # somebody stays for five seconds
            """)

    @Argument(help: ArgumentHelp("The sensor.", valueName: "NODE/SENSOR"))
    var sensor: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long it sees motion. (default: an instant)", valueName: "TIME"),
        transform: ArgumentText.duration(in: .zero ... .seconds(3600), example: "5s"))
    var time: Duration?

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        guard let place = Name.place(sensor), let name = place.part else {
            throw Failure(
                .usage,
                "\"\(sensor)\" names no sensor: write NODE/SENSOR, such as stair-01/bottom "
                    + "(`footlight get sensors` lists them)")
        }
        let order = NodeOrder(action: "trigger", node: place.node, sensor: name, time: time)
        try await order.give(to: site, saying: "\(sensor) saw motion")
    }
}
