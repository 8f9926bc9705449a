internal import Mesh

/// How together the bars of a ``TakeoverSite`` lit while its references were killed.
struct TakeoverLights {
    /// An activation as seen.
    private struct Seen {
        /// From the first bar's first light to the last's, nanoseconds.
        var spread: Double
        /// The same, each bar's lateness by its own clock taken off: what the clocks disagree by.
        var apart: Double?
        /// The sum of the two worst error bounds, nanoseconds.
        var bound: Double
        /// How many bars should have lit and didn't.
        var missed: Int
        /// How many lit before their node had ever told of its error bound in this life.
        var unknown: Int
    }

    /// How long after the motion all bars are lit.
    private static let window: Int64 = 250_000_000

    let site: TakeoverSite
    let reports: TakeoverReports
    /// When each activation's motion was sent.
    let begins: [Int64]

    /// The rows of the table: the spread, and the clocks' part of it.
    func rows(besides woken: Sample, kills: Int) -> [Row] {
        let traces = site.traces()
        let seen = begins.indices.compactMap { self.seen($0, traces) }
        let allowance = woken.largest
        let bounds = Sample(seen.map(\.bound))
        let spreads = Sample(seen.map(\.spread))
        let apart = Sample(seen.compactMap(\.apart))
        let missed = seen.reduce(0) { $0 + $1.missed }
        let unknown = seen.reduce(0) { $0 + $1.unknown }
        var lights = Row(
            .takeover, "spread of first light, \(kills) references killed in \(begins.count) activations",
            .microseconds(spreads), against: "10 processes waking by timerfd", .microseconds(woken), judged: .worst,
            limit: 1,
            notes: [
                "the ratio is the worst activation's spread to the sum of its two worst published error bounds "
                    + "(\(Notes.text(bounds))) plus \(Notes.number(allowance / 1e3)) µs, the worst spread of as many "
                    + "wakings by timerfd in the same run",
                "worst spread \(Notes.number(spreads.largest / 1e3)) µs",
            ])
        lights.value = seen.map { $0.spread / ($0.bound + allowance) }.max() ?? .nan
        lights.isReached =
            lights.value <= lights.limit && seen.count == begins.count && missed == 0
            && unknown * 100 <= seen.count * site.nodes.count
        if seen.count < begins.count { lights.notes.append("\(begins.count - seen.count) activations not seen") }
        if missed > 0 { lights.notes.append("\(missed) bars that lived did not light") }
        if unknown > 0 { lights.notes.append("\(unknown) first lights left out, of nodes that hadn't told of a bound") }
        var clocks = Row(
            .takeover, "the same, each bar's lateness by its own clock taken off", .microseconds(apart),
            against: "sum of the two worst error bounds", .microseconds(bounds), judged: .worst, limit: 1)
        clocks.value = seen.compactMap { one in one.apart.map { $0 / one.bound } }.max() ?? .nan
        clocks.isReached = clocks.value <= clocks.limit && apart.count == begins.count
        return [lights, clocks]
    }

    private func seen(_ index: Int, _ traces: [String: TraceFile]) -> Seen? {
        let begin = begins[index]
        let end = begin + TakeoverLights.window
        let zone = index % site.zones
        let start = reports.start(ofActivation: index / site.zones, of: "zone-\(zone)")
        var instants: [Int64] = []
        var byClocks: [Int64] = []
        var bounds: [Double] = []
        var (missed, unknown) = (0, 0)
        for node in site.nodes {
            // One that hasn't mesh time yet acts on arrival, and says so.
            guard let life = site.lives(of: node).last(where: { ($0.ready ?? .max) < begin }),
                (life.killed ?? .max) > begin
            else { continue }
            let bar = "\(node)/bar-\(zone)"
            guard let light = traces[bar]?.firstLight(from: begin, to: end) else {
                if (life.killed ?? .max) > end { missed += 1 }
                continue
            }
            guard let bound = reports.bound(of: node, since: life.ready ?? begin, before: light) else {
                unknown += 1
                continue
            }
            instants.append(light)
            bounds.append(bound)
            if let start, let lateness = reports.lateness(of: bar, activation: start) {
                byClocks.append(light - lateness)
            }
        }
        guard let spread = Spread.of(instants) else { return nil }
        return Seen(
            spread: spread, apart: Spread.of(byClocks), bound: bounds.sorted().suffix(2).reduce(0, +), missed: missed,
            unknown: unknown)
    }
}
