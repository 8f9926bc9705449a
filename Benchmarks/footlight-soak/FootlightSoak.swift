internal import ArgumentParser

/// `footlight-soak`: the mesh, unless the fleet is named. No options of its own: it would take its subcommands' from them.
@main
struct FootlightSoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-soak", abstract: "Run nodes, or fleets of them, in a simulator, from many seeds.",
        subcommands: [Soak.self, FleetTable.self, FleetScale.self], defaultSubcommand: Soak.self)
}
