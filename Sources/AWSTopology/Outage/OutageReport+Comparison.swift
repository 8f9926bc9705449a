extension OutageReport {
    /// The figures of T8 by formula and by simulation.
    var fleetSection: String {
        let spread = outcome.fleet.spread
        var text = "A fleet of \(spread.groups) groups of \(spread.perGroup), spread evenly at random over "
        text += "\(spread.zones) zones: what one zone's loss takes\n"
        func beside(_ exact: Double, _ measured: OutageDistribution) -> [String] {
            [exact.fixed(2), "\(measured.mean.fixed(2)) ± \(measured.standardError.fixed(2))"]
        }
        var rows = [["", "exact", "simulated"]]
        rows.append(["groups with nothing in it"] + beside(spread.meanUntouched, outcome.fleet.untouched))
        rows.append(["instances lost, of \(spread.instances)"] + beside(spread.meanLost, outcome.fleet.lost))
        rows.append(["taken by each other zone", spread.meanTakenByEach.fixed(2)])
        text += TextTable.rendered(rows)
        if let last = outcome.fleet.replaced.percentile(0.5), let late = outcome.fleet.replaced.percentile(0.99) {
            text += "  The last one is replaced after \(last.asTime) (99 %: \(late.asTime)).\n"
        }
        text +=
            "  Put into zones without regard to each other, \(spread.chanceUntouchedIfIndependent.percent) of groups "
        text += "would have nothing in it, but \(spread.chanceWhollyLostIfIndependent.percent) would be lost wholly.\n"
        return text
    }

    /// Two zones beside three, as rows: what, with two, with three.
    var comparison: [[String]] {
        let spreads = [two, three].map(\.fleet.spread)
        let seconds = secondFailures
        func both(_ body: (OutageOutcome) -> String) -> [String] { [body(two), body(three)] }
        var rows = [["", "two zones", "three zones"]]
        rows.append(["instances lost"] + spreads.map { $0.shareLost().percent })
        rows.append(
            ["fleet: groups of \(request.perGroup) with nothing there"] + spreads.map { $0.chanceUntouched().percent })
        rows.append(["fleet: instances to replace"] + spreads.map { "\($0.meanLost.fixed(1)) of \($0.instances)" })
        rows.append(["zones that take them"] + spreads.map { "\($0.zones - 1)" })
        rows.append(["more load on each of those, by everyone"] + spreads.map { $0.extraLoad.percent })
        for (a, b) in zip(two.groups, three.groups) {
            let pair = [a, b].map { group in
                [0.5, 0.99].map { group.replaced?.percentile($0).map(\.asTime) ?? "never" }.joined(separator: " / ")
            }
            rows.append(["\(a.name) is whole again: median / 99 %"] + pair)
        }
        for (a, b) in zip(two.databases, three.databases) where a.window.never < a.window.trials {
            rows.append(
                ["\(a.name): chance to lose primary or standby"]
                    + [a, b].map { min(1, 2 / Double(max(1, $0.zones))).percent })
            let windows = [a, b].map { $0.window.percentile(1) ?? .infinity }
            rows.append(["\(a.name): longest time without standby"] + windows.map(\.asTime))
        }
        rows.append(["chance that a second zone is lost meanwhile"] + seconds.map { $0.chanceOfAny.percent })
        rows.append(["it takes, of what is left"] + seconds.map { $0.shareTaken.percent })
        rows.append(["the service is then down, in the mean"] + seconds.map { $0.meanOutage.asTime })
        rows.append(
            ["chance that it takes the only copy of a database hit"] + seconds.map { $0.chanceOfDatabase.percent })
        return rows
    }

    /// How many seconds the plot of capacity shows: until both are whole again in 99 of 100 trials, an hour at most.
    var plottedSeconds: Double {
        let ends = (two.groups + three.groups).compactMap { $0.replaced?.percentile(0.99) }
        let minutes = ((ends.max() ?? 600) / 60).rounded(.up)
        return min(3600, max(300, minutes * 60))
    }

    var comparisonSection: String {
        var text = "Two zones beside three: the same groups and databases\n" + TextTable.rendered(comparison)
        if let a = two.groups.first, let b = three.groups.first {
            let columns = 61
            let count = Int(plottedSeconds / CapacityCurve.step) + 1
            func curve(_ mark: Character, _ group: OutageOutcome.Group) -> TextPlot.Curve {
                TextPlot.Curve(mark: mark, values: TextPlot.sampled(group.curve, upTo: count, columns: columns))
            }
            let axis = (0...4).map { (plottedSeconds / 4 * Double($0)).asTime }
            text += "\nInstances of \(a.name) in service after the loss (2: two zones, 3: three, *: both)\n"
            text += TextPlot(curves: [curve("2", a), curve("3", b)], axis: axis).rendered
        }
        for (a, b) in zip(two.databases, three.databases) where !a.alone.isEmpty {
            func curve(_ mark: Character, _ database: OutageOutcome.Database) -> TextPlot.Curve {
                TextPlot.Curve(mark: mark, values: database.protected.map { 1 - $0 })
            }
            text += "\nChance that \(a.name) has no synchronous standby (2: two zones, 3: three, *: both)\n"
            text += TextPlot(curves: [curve("2", a), curve("3", b)], axis: ["0", "3 h", "6 h", "9 h"]).rendered
        }
        return text
    }
}
