internal import Fleet
internal import Lighting

/// How an instance refresh stands.
struct RefreshRow: Encodable {
    let zone: String
    let refresh: RefreshMessage
    let percentageComplete: Int
    /// How long it has gone on, or went on.
    let seconds: Double
    /// For how much longer it pauses at a checkpoint, or bakes.
    let waitsSeconds: Double?

    init(_ refresh: RefreshMessage, zone: String, at now: MeshInstant) {
        self.zone = zone
        self.refresh = refresh
        percentageComplete = refresh.percentageComplete
        let end = refresh.ended.map(MeshInstant.init(nanoseconds:)) ?? now
        seconds = max(0, (end - MeshInstant(nanoseconds: refresh.began)).seconds)
        let wait = refresh.waitsUntil.map { (MeshInstant(nanoseconds: $0) - now).seconds }
        waitsSeconds = refresh.isOpen ? wait.map { max(0, $0) } : nil
    }

    /// `Failed: 3 of 12 nodes have 1.2.0: stair-04 is Unhealthy`; whether it pauses, without for how long.
    var words: String {
        let done = refresh.updated.count + refresh.skipped.count
        var words = "\(refresh.status.rawValue): \(done) of \(refresh.previous.count) nodes have \(refresh.version)"
        if [.rollbackInProgress, .rollbackSuccessful, .rollbackFailed].contains(refresh.status) {
            words = "\(refresh.status.rawValue) from \(refresh.version)"
        }
        if waitsSeconds != nil, refresh.status == .inProgress { words += ", pauses at a checkpoint" }
        return words + (refresh.reason.isEmpty ? "" : ": \(refresh.reason)")
    }

    static func table(_ rows: [RefreshRow]) -> Table {
        var table = Table(["GROUP", "STATUS", "VERSION", "DONE", "NODES", "TOOK", "WAITS"])
        for row in rows {
            let refresh = row.refresh
            let style: Style =
                switch refresh.status {
                case .successful: .green
                case .failed, .rollbackInProgress, .rollbackSuccessful, .rollbackFailed: .red
                case .inProgress, .baking, .cancelling, .cancelled: .yellow
                }
            table.add([
                Table.Cell(row.zone, .bold), Table.Cell(refresh.status.rawValue, style), Table.Cell(refresh.version),
                Table.Cell("\(row.percentageComplete)%"),
                Table.Cell("\(refresh.updated.count + refresh.skipped.count)/\(refresh.previous.count)"),
                Table.Cell(HumanTime.span(row.seconds)), Table.Cell(row.waitsSeconds.map { HumanTime.span($0) } ?? ""),
            ])
        }
        return table
    }
}
