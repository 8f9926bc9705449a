extension MigrationPlan {
    /// The plan as JSON: times in seconds.
    public var json: String {
        let moves = moves.map { move in
            JSONValue.object([
                ("subnet", .text(move.subnet)), ("zone", .optional(move.zone) { .text($0.name) }),
                ("tier", .optional(move.tier) { .text($0) }),
                ("cidrBlocks", .list(move.networks.map { network in .optional(network) { .text("\($0)") } })),
            ])
        }
        let conflicts = oneStep.conflicts.map { conflict in
            JSONValue.object([
                ("kind", .text(conflict.kind.rawValue)), ("resource", .text(conflict.resource)),
                ("other", .text(conflict.other)), ("description", .text(conflict.description)),
            ])
        }
        return JSONValue.object([
            ("from", .text(Self.zones(from))), ("to", .text(Self.zones(to))), ("subnets", .list(moves)),
            ("oneStepConflicts", .list(conflicts)), ("order", .text(order.rawValue)),
            ("secondsInOneZone", .int(secondsInOneZone)),
            ("secondsWithoutStandby", .int(secondsWithoutStandby)),
            (
                "bound",
                .optional(bound) { bound in
                    .object([
                        ("leastSecondsInOneZone", .int(bound.leastInOneZone)),
                        ("leastSecondsWithoutStandby", .int(bound.leastWithoutStandby)),
                        ("isBest", .bool(bound.isBest)), ("states", .int(bound.states)),
                    ])
                }
            ),
            ("steps", .list(steps.indices.map { json($0) })),
        ]).rendered() + "\n"
    }

    private func json(_ index: Int) -> JSONValue {
        let step = steps[index]
        let isUpdate = step.action == .stackUpdate
        func checks(_ checks: [MigrationStep.Check]) -> JSONValue {
            .list(
                checks.map {
                    .object([("what", .text($0.what)), ("command", .optional($0.command) { .text($0) })])
                })
        }
        let exposure = step.exposure.map { exposure in
            JSONValue.object([
                ("zone", .text(exposure.zone.name)), ("down", .texts(exposure.down)),
                ("capacityLeft", .share(exposure.capacityLeft)),
                ("wholeAgain", .optional(exposure.wholeAgain) { .seconds($0) }),
            ])
        }
        let changes = step.changes.map { change in
            JSONValue.object([
                ("action", .text(change.action.rawValue)), ("name", .text(change.name)), ("type", .text(change.type)),
                ("properties", .texts(change.properties)),
            ])
        }
        let placements = step.placements.map { place in
            JSONValue.object([
                ("database", .text(place.database.name)), ("primary", .text(place.primary.name)),
                ("standby", .optional(place.standby) { .text($0.name) }),
            ])
        }
        return .object([
            ("step", .int(index + 1)), ("title", .text(step.title)), ("why", .text(step.why)),
            ("action", .text(isUpdate ? "stackUpdate" : "failover")),
            ("template", isUpdate ? .text(template(index)) : .null), ("preconditions", checks(step.preconditions)),
            ("checks", checks(step.checks)),
            (
                "duration",
                .list([.seconds(step.duration.shortest.inSeconds), .seconds(step.duration.longest.inSeconds)])
            ),
            ("interruption", .optional(step.interruption) { .text($0) }), ("wayBack", .text(step.wayBack)),
            ("changes", .list(changes)), ("databases", .list(placements)), ("exposure", .list(exposure)),
            ("findings", .texts(step.findings)),
        ])
    }
}
