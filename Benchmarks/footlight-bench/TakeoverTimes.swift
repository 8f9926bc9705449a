/// How long the mesh of a ``TakeoverSite`` was without its reference.
struct TakeoverTimes {
    let site: TakeoverSite
    let kills: [Takeover.Kill]

    /// The rows of the table: until another is the reference, and until all go by it.
    func rows() -> [Row] {
        var next: [Double] = []
        var all: [Double] = []
        for (index, kill) in kills.enumerated() {
            let end = index + 1 < kills.count ? kills[index + 1].instant : .max
            let heirs = site.nodes.flatMap { node in
                site.lives(of: node).compactMap { life in life.reference(after: kill.instant).map { (node, $0) } }
            }
            guard let heir = heirs.min(by: { $0.1 < $1.1 }), heir.1 < end else { continue }
            next.append(Double(heir.1 - kill.instant))
            let followers = (site.nodes + [TakeoverSite.walker]).filter { $0 != heir.0 && $0 != kill.node }
                .compactMap { node in
                    site.lives(of: node).last { ($0.ready ?? .max) < kill.instant && ($0.killed ?? .max) >= end }
                }
            let followed = followers.compactMap { $0.follows(heir.0, after: kill.instant) }.filter { $0 < end }
            if followed.count == followers.count, let last = followed.max() { all.append(Double(last - kill.instant)) }
        }
        return [
            row("from the kill until another is the reference", next, limit: 1000),
            row("from the kill until all go by it", all, limit: 3000),
        ]
    }

    private func row(_ what: String, _ times: [Double], limit: Double) -> Row {
        let sample = Sample(times)
        var row = Row(.takeover, what, .milliseconds(sample), judged: .worst, limit: limit)
        row.value = sample.largest / 1e6
        row.isReached = row.value <= limit && times.count == kills.count
        row.notes.append(
            "\(Notes.number(sample.median / 1e6)) ms at the median, \(Notes.number(row.value)) ms at worst")
        if times.count < kills.count {
            row.notes.append("not before the next kill in \(kills.count - times.count) of \(kills.count)")
        }
        return row
    }
}
