internal import ArgumentParser
internal import Fleet
internal import Lighting

/// `footlight fleet activities`
struct FleetActivities: AsyncParsableCommand {
    /// An activity, and whose.
    struct Row: Encodable {
        let zone: String
        let activity: Activity
    }

    static let configuration = CommandConfiguration(
        commandName: "activities",
        abstract: "Tells what was done to nodes, and why, the latest first.",
        discussion: """
            A line for each: when it began and how long it took, what, why, and what came
            of it. The fleet agent keeps a group's last 20.

            EXAMPLES
              footlight fleet activities
              footlight fleet activities stairs --json | jq -r '.[0].activity.cause'
            """)

    @OptionGroup var options: FleetRecordsOptions

    func run() async throws {
        try await options.withRecords { records in
            let rows = records.sortedGroups.flatMap { zone, group in
                group.activities.map { Row(zone: zone, activity: $0) }
            }.sorted { ($0.activity.began, $0.activity.id) > ($1.activity.began, $1.activity.id) }
            if options.json { return try JSONOutput.show(rows) }
            if rows.isEmpty { Screen.show("Nothing was done to any node.") }
            for row in rows { Screen.show(FleetActivities.line(row, colourful: Screen.isColourful(1))) }
        }
    }

    private static func line(_ row: Row, colourful: Bool) -> StyledLine {
        let activity = row.activity
        let began = MeshInstant(nanoseconds: activity.began)
        let took = (activity.ended.map(MeshInstant.init(nanoseconds:)) ?? .now) - began
        let style: Style =
            switch activity.status {
            case .inProgress: .yellow
            case .successful: .green
            case .failed: .red
            case .cancelled: .dim
            }
        let day = HumanTime.date(began)
        let head = "\(row.zone): \(activity.status.rawValue)"
        let rest = activity.line.dropFirst(activity.status.rawValue.count)
        let text = Wrapping.wrap(
            Printable.text("\(head)\(rest) (\(HumanTime.span(took.seconds)))"),
            margin: String(repeating: " ", count: day.count + 2))
        return
            "\(day)  \(row.zone): \(style.paint(activity.status.rawValue, if: colourful))\(text.dropFirst(head.count))"
    }
}
