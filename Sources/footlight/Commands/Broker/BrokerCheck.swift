internal import ArgumentParser
internal import MQTT

/// `footlight broker check`
struct BrokerCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Shows what a broker can do, and what a mesh lacks on it.",
        discussion: """
            Tries it out below footlight-check/, and leaves nothing there. The user needs leave to publish and read
            footlight-check/#. Exit code 0 if a mesh works on the broker in full, 1 if it lacks something.

            EXAMPLES
              footlight broker check --broker mqtt://192.168.1.10
              footlight broker check --json | jq -r '.abilities[] | select(.has == false).ability'
            """)

    /// What the broker can do, for programs.
    private struct Report: Encodable {
        struct Row: Encodable {
            let ability: String
            let has: Bool?
            let needed: Bool
            let note: String
            let consequence: String?
        }

        let broker: String
        let suffices: Bool
        let abilities: [Row]
    }

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "BROKER") var broker: BrokerOptions

    func run() async throws {
        let configuration = try broker.configuration()
        var suffices = true
        for address in configuration.addresses {
            var one = configuration
            one.addresses = [address]
            let found = try await BrokerExamination(one).run()
            suffices = suffices && found.suffices
            let report = BrokerCheck.report(found, of: address)
            if json { try JSONOutput.show(report) } else { BrokerCheck.show(report) }
        }
        if !suffices { throw ExitCode(Failure.Code.notSo.rawValue) }
    }

    private static func report(_ found: BrokerCapabilities, of address: BrokerAddress) -> Report {
        Report(
            broker: "\(address)", suffices: found.suffices,
            abilities: BrokerCapabilities.Ability.allCases.map { ability in
                let finding = found[ability]
                return Report.Row(
                    ability: ability.rawValue, has: finding.has, needed: ability.isNeeded, note: finding.note,
                    consequence: finding.has == true ? nil : ability.consequence)
            })
    }

    private static func show(_ report: Report) {
        let isColourful = Screen.isColourful(1)
        Screen.show(
            "\(Style.bold.paint(report.broker, if: isColourful)): a mesh \(report.suffices ? "works" : "lacks something")"
        )
        Screen.show("")
        var table = Table(["ABILITY", "", "NOTE"])
        for row in report.abilities {
            let word = row.has.map { $0 ? "yes" : "no" } ?? "?"
            let style: Style = row.has == true ? .green : row.needed ? .red : .yellow
            table.add([Table.Cell(row.ability), Table.Cell(word, style), Table.Cell(row.note)])
        }
        table.show()
        let lacking = report.abilities.filter { $0.consequence != nil }
        if !lacking.isEmpty { Screen.show("") }
        for row in lacking {
            Screen.show(
                Style.red.paint("! ", if: isColourful) + "no \(row.ability): \(row.consequence ?? "")")
        }
    }
}
