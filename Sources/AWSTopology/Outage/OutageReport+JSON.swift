extension OutageReport {
    /// The report as JSON: times in seconds, shares from 0 to 1.
    public var json: String {
        var entries: [(String, JSONValue)] = [
            ("topology", .text(name)), ("zone", .text(request.zone.name)), ("trials", .int(request.trials)),
            ("seed", .text("\(request.seed)")), ("impact", Self.json(impact)), ("outcome", Self.json(outcome)),
        ]
        if let second, let secondImpact {
            let databases = second.databases.map { database in
                JSONValue.object([
                    ("name", .text(database.name)), ("answers", .share(database.answers)),
                    ("failsOver", .share(database.failsOver)), ("down", .share(database.down)),
                ])
            }
            entries.append(
                (
                    "second",
                    .object([
                        ("zone", .text(second.zone.name)), ("after", .int(second.after.wholeSeconds)),
                        ("firstStillAway", .share(second.firstStillAway)), ("databases", .list(databases)),
                        ("impact", Self.json(secondImpact)),
                    ])
                ))
        }
        let compared = zip([two, three], secondFailures).map { outcome, second in
            JSONValue.object([
                ("outcome", Self.json(outcome)),
                (
                    "secondFailure",
                    .object([
                        ("chance", .number(second.chanceOfAny, decimals: 9)),
                        ("chanceOfDatabase", .number(second.chanceOfDatabase, decimals: 9)),
                        ("shareTaken", .share(second.shareTaken)), ("meanOutage", .seconds(second.meanOutage)),
                    ])
                ),
            ])
        }
        entries.append(("twoAndThreeZones", .list(compared)))
        let notes = request.timings.notes.map { note in
            JSONValue.object([
                ("what", .text(note.what)), ("value", .text(note.value)), ("source", .text(note.source)),
            ])
        }
        entries.append(("timings", .list(notes)))
        return JSONValue.object(entries).rendered() + "\n"
    }

    static func json(_ impact: OutageImpact) -> JSONValue {
        let groups = impact.groups.map { group in
            let rooms = group.rooms.map { room in
                JSONValue.object([
                    ("subnet", .text(room.subnet)), ("zone", .text(room.zone.name)),
                    ("cidrBlock", .optional(room.network) { .text("\($0)") }), ("usable", .int(room.usable)),
                    ("used", .int(room.used)), ("started", .int(room.started)), ("growth", .int(room.growth)),
                    ("enough", .bool(room.isEnough)),
                ])
            }
            return JSONValue.object([
                ("name", .text(group.name)), ("desired", .int(group.desired)),
                ("lost", .list([.int(group.lost.lowerBound), .int(group.lost.upperBound)])),
                ("zonesLeft", .texts(group.zonesLeft.map(\.name))), ("rooms", .list(rooms)),
            ])
        }
        let databases = impact.databases.map { database in
            JSONValue.object([
                ("name", .text(database.name)), ("zonesLost", .texts(database.zonesLost.map(\.name))),
                ("zonesLeft", .texts(database.zonesLeft.map(\.name))), ("multiAZ", .bool(database.multiAZ)),
            ])
        }
        return .object([
            ("survived", .bool(impact.isSurvived)), ("hasRoom", .bool(impact.hasRoom)),
            ("lost", .texts(impact.lost.map(\.name))), ("left", .texts(impact.left.map(\.name))),
            ("resources", .texts(impact.resources)), ("thinned", .texts(impact.thinned)),
            ("down", .texts(impact.down)), ("cutOff", .texts(impact.cutOff)),
            ("irreplaceable", .texts(impact.irreplaceable)), ("groups", .list(groups)),
            ("databases", .list(databases)),
        ])
    }

    private static func json(_ times: OutageDistribution?) -> JSONValue {
        guard let times else { return .null }
        let shares = OutageDistribution.shown.map { share in
            ("p\((share * 100).fixed(0))", JSONValue.optional(times.percentile(share)) { .seconds($0) })
        }
        return .object(
            [("mean", .seconds(times.mean)), ("standardError", .number(times.standardError, decimals: 4))] + shares
                + [("never", .int(times.never))])
    }

    private static func json(_ outcome: OutageOutcome) -> JSONValue {
        let groups = outcome.groups.map { group in
            JSONValue.object([
                ("name", .text(group.name)), ("instances", .int(group.instances)), ("zones", .int(group.zones)),
                ("meanLost", .number(group.meanLost, decimals: 4)), ("unsent", json(group.unsent)),
                ("noticed", json(group.noticed)), ("replaced", json(group.replaced)), ("settled", json(group.settled)),
                ("restarts", .number(group.restarts, decimals: 4)),
            ])
        }
        let databases = outcome.databases.map { database in
            JSONValue.object([
                ("name", .text(database.name)), ("zones", .int(database.zones)), ("outage", json(database.outage)),
                ("withoutStandby", json(database.window)), ("everySeconds", .int(600)),
                ("protected", .list(database.protected.map { .share($0) })),
                ("alone", .list(database.alone.map { .share($0) })),
                ("down", .list(database.down.map { .share($0) })),
            ])
        }
        let fleet = outcome.fleet
        return .object([
            ("zones", .int(outcome.zones)), ("groups", .list(groups)),
            (
                "fleet",
                .object([
                    ("groups", .int(fleet.spread.groups)), ("perGroup", .int(fleet.spread.perGroup)),
                    ("untouchedExact", .number(fleet.spread.meanUntouched, decimals: 6)),
                    ("untouched", json(fleet.untouched)),
                    ("lostExact", .number(fleet.spread.meanLost, decimals: 6)), ("lost", json(fleet.lost)),
                    ("replaced", json(fleet.replaced)),
                ])
            ), ("databases", .list(databases)),
        ])
    }
}

extension JSONValue {
    static func share(_ value: Double) -> JSONValue { .number(value, decimals: 5) }
    static func seconds(_ value: Double) -> JSONValue { .number(value, decimals: 2) }
}
