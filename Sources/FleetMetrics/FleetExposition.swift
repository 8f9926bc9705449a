internal import Fleet
internal import Lighting
internal import Mesh

/// A fleet in Prometheus' text format: metrics of the agent, of each group and of each node, in base units.
struct FleetExposition {
    typealias Labels = [(name: String, value: String)]

    let view: FleetView
    let health: HealthPolicy
    let tally: ActivityTally

    /// All metrics that have samples.
    var text: String { (agent + telemetry + groups + nodes + checks).map(\.text).joined() }

    // MARK: - The agent

    private var agent: [MetricFamily] {
        let site: Labels = [("site", view.site)]
        var info = MetricFamily("footlight_fleet_agent_info", "The fleet agent that tells all this.")
        info.add(1, site + [("id", view.id), ("version", view.version)])
        let online = 1 + view.others.values.count(where: \.online)
        let figures: [(MetricFamily, Double)] = [
            (
                .init("footlight_fleet_agent_leads", "Whether this fleet agent leads, and may act."),
                view.isLeading ? 1 : 0
            ),
            (.init("footlight_fleet_leader_known", "Whether any fleet agent leads."), view.leader == nil ? 0 : 1),
            (.init("footlight_fleet_agents_online", "Fleet agents of the site that are there."), Double(online)),
            (
                .init(
                    "footlight_fleet_term", "The highest term that it has heard of: grows with each change of the lead."
                ),
                Double(view.term)
            ),
            (.init("footlight_fleet_broker_connected", "Whether it has a broker."), view.isConnected ? 1 : 0),
            (
                .init("footlight_fleet_view_poor", "Whether its own view is too poor to judge nodes by."),
                view.problem == nil ? 0 : 1
            ),
            (
                .init(
                    "footlight_fleet_echo_delay_seconds", "How long its last sign of life took back through the broker."
                ),
                view.echoDelay.seconds
            ),
            (
                .init(
                    "footlight_fleet_timeout_stretch_ratio", "By how much it stretches timeouts, seeing badly: 1 to 9."),
                Double(view.stretch)
            ),
            (
                .init("footlight_fleet_detection_limit_seconds", "After how long at most a silent node is Unhealthy."),
                health.detectionTime.upperBound.seconds
            ),
        ]
        return [info]
            + figures.map { family, value in
                var family = family
                family.add(value, site)
                return family
            }
    }

    /// What leaves the site; nothing where nothing does.
    private var telemetry: [MetricFamily] {
        guard let uplink = view.uplink else { return [] }
        let now = view.at.nanoseconds
        func age(_ instant: Int64) -> Double { max(0, Double(now - instant) / 1e9) }
        let figures: [(MetricFamily, Double?)] = [
            (.init("footlight_telemetry_outbox_records", "Records that wait to be sent."), Double(uplink.records)),
            (.init("footlight_telemetry_outbox_bytes", "The bytes of these."), Double(uplink.bytes)),
            (
                .init("footlight_telemetry_outbox_limit_bytes", "The bytes that the outbox may hold."),
                Double(uplink.limitBytes)
            ),
            (
                .init("footlight_telemetry_oldest_unsent_seconds", "How old the oldest record is that waits."),
                uplink.records == 0 ? 0 : uplink.oldest.map(age)
            ),
            (
                .init(
                    "footlight_telemetry_last_success_timestamp_seconds",
                    "When the backend last took records, since 1970."),
                uplink.lastSuccess.map { Double($0) / 1e9 }
            ),
            (
                .init("footlight_telemetry_failing", "Whether records can't be stored or sent at present."),
                uplink.error == nil ? 0 : 1
            ),
            (
                .init(
                    "footlight_telemetry_records_set_aside_total",
                    "Records that the backend will never take, since this fleet agent started.", kind: .counter),
                Double(uplink.setAside)
            ),
            (
                .init(
                    "footlight_telemetry_samples_given_up_total",
                    "Samples given up for want of room, since this fleet agent started.", kind: .counter),
                Double(uplink.givenUp)
            ),
        ]
        return figures.map { family, value in
            var family = family
            family.add(value, [("site", view.site)])
            return family
        }
    }

    // MARK: - Groups

    /// A figure that each group has once, or hasn't.
    private static let groupFigures: [(family: MetricFamily, value: @Sendable (GroupMessage) -> Double?)] = [
        (
            .init("footlight_group_desired_nodes", "Nodes that the group is to have; none while it sleeps."),
            { Double($0.desiredCapacity) }
        ),
        (.init("footlight_group_in_service_nodes", "Nodes InService."), { Double($0.inService) }),
        (.init("footlight_group_healthy_nodes", "Nodes InService and Healthy."), { Double($0.healthy) }),
        (.init("footlight_group_unhealthy_nodes", "Nodes Unhealthy."), { Double($0.unhealthyCount) }),
        (.init("footlight_group_pending_nodes", "Nodes that are awaited."), { Double($0.pendingCount) }),
        (
            .init("footlight_group_standby_nodes", "Nodes out of service by an operator's wish."),
            { Double($0.standbyCount) }
        ),
        (.init("footlight_group_vacant_places", "Places that no node fills."), { Double($0.vacantCount) }),
        (.init("footlight_group_sleeping", "Whether the group sleeps on schedule."), { $0.sleeping ? 1 : 0 }),
        (
            .init("footlight_group_holding", "Whether replacement or refresh is held back."),
            { $0.holding == nil ? 0 : 1 }
        ),
        (
            .init("footlight_group_attention", "Whether a person must see to the group."),
            { $0.attention == nil ? 0 : 1 }
        ),
        (
            .init("footlight_group_refresh_in_progress", "Whether an instance refresh goes on."),
            { $0.refresh?.isOpen == true ? 1 : 0 }
        ),
        (
            .init("footlight_group_refresh_failed", "Whether the last refresh failed, or was rolled back."),
            { group in group.refresh.map { FleetExposition.hasFailed($0.status) ? 1 : 0 } ?? 0 }
        ),
        (
            .init(
                "footlight_group_refresh_progress_ratio", "How much of the group the refresh has seen to, 0 to 1."),
            { $0.refresh.map { Double($0.percentageComplete) / 100 } }
        ),
        (
            .init("footlight_group_refresh_start_timestamp_seconds", "When the last refresh began, since 1970."),
            { $0.refresh.map { Double($0.began) / 1e9 } }
        ),
    ]

    private var groups: [MetricFamily] {
        let sorted = view.groups.sorted { $0.key < $1.key }
        let simple = FleetExposition.groupFigures.map { figure in
            var family = figure.family
            for (zone, group) in sorted { family.add(figure.value(group), labels(zone: zone)) }
            return family
        }
        return simple + groupsParts(sorted)
    }

    /// What is told of a group by processes, kinds of activities and their outcomes; the spread of its clocks.
    private func groupsParts(_ sorted: [(key: String, value: GroupMessage)]) -> [MetricFamily] {
        var suspended = MetricFamily(
            "footlight_group_process_suspended", "Whether an operator has suspended a process of the group.")
        var activities = MetricFamily(
            "footlight_group_activities_total",
            "Activities that ended since this fleet agent started, by outcome.", kind: .counter)
        var open = MetricFamily("footlight_group_open_activities", "Activities that go on.")
        var spread = MetricFamily(
            "footlight_group_clock_spread_seconds", "The spread of the clocks of the group's nodes, by their reports.")
        for (zone, group) in sorted {
            for process in SuspendableProcess.allCases {
                suspended.add(
                    group.suspendedProcesses.contains(process), labels(zone: zone) + [("process", process.rawValue)])
            }
            for kind in Activity.Kind.allCases {
                open.add(
                    Double(group.activities.count { $0.isOpen && $0.kind == kind }),
                    labels(zone: zone) + [("kind", kind.rawValue)])
                // Zero too: who asks for an increase needs to have seen it.
                for status in [Activity.Status.successful, .failed, .cancelled] {
                    let count = tally.counts[ActivityTally.Key(zone: zone, kind: kind, status: status)] ?? 0
                    activities.add(
                        Double(count), labels(zone: zone) + [("kind", kind.rawValue), ("status", status.rawValue)])
                }
            }
            let offsets = view.nodes.values.filter { $0.message.groups.contains(zone) }
                .compactMap { $0.checks.first(.clock).flatMap(CheckFigure.value) }
            if offsets.count > 1, let least = offsets.min(), let most = offsets.max() {
                spread.add(most - least, labels(zone: zone))
            }
        }
        return [suspended, open, activities, spread]
    }

    private static func hasFailed(_ status: RefreshMessage.Status) -> Bool {
        switch status {
        case .failed, .rollbackInProgress, .rollbackSuccessful, .rollbackFailed: true
        case .inProgress, .baking, .cancelling, .successful, .cancelled: false
        }
    }

    // MARK: - Nodes

    private var nodes: [MetricFamily] {
        var healthy = MetricFamily("footlight_node_healthy", "Whether the node is Healthy.")
        var unhealthy = MetricFamily(
            "footlight_node_unhealthy", "Whether the node is Unhealthy; neither: unobservable.")
        var state = MetricFamily("footlight_node_lifecycle_state", "The state that the node is in: 1.")
        var online = MetricFamily("footlight_node_online", "Whether the node's agent is connected.")
        var asleep = MetricFamily("footlight_node_asleep", "Whether the node sleeps on schedule.")
        var spare = MetricFamily("footlight_node_spare", "Whether the node is a spare, without a place.")
        var report = MetricFamily(
            "footlight_node_last_report_timestamp_seconds", "When the node's last health report came, since 1970.")
        var failing = MetricFamily("footlight_node_failing_checks", "Checks of the last report that are not healthy.")
        var detection = MetricFamily(
            "footlight_node_detection_seconds", "For how long an Unhealthy node had been silent when it was found out.")
        for (name, node) in view.nodes.sorted(by: { $0.key < $1.key }) {
            let labels = labels(node: name)
            healthy.add(node.message.healthStatus == .healthy, labels)
            unhealthy.add(node.message.healthStatus == .unhealthy, labels)
            state.add(1, labels + [("state", node.message.lifecycleState.rawValue)])
            online.add(node.status?.state == .online, labels)
            asleep.add(node.isAsleep, labels)
            spare.add(node.message.isSpare, labels)
            report.add(node.reportAt.map { Double($0.nanoseconds) / 1e9 }, labels)
            failing.add(Double(node.checks.count { !$0.healthy }), labels)
            if node.message.healthStatus == .unhealthy, !node.message.setByOperator, let heard = node.lastHeard {
                let silence = (MeshInstant(nanoseconds: node.message.since) - heard).seconds
                // Who answers with faults has spoken since.
                if silence > health.timeout.seconds { detection.add(silence, labels) }
            }
        }
        return [healthy, unhealthy, state, online, asleep, spare, report, failing, detection]
    }

    private var checks: [MetricFamily] {
        var shown = CheckFigure.shown
        for (name, node) in view.nodes.sorted(by: { $0.key < $1.key }) {
            for check in Set(node.notes.map { String($0.check.prefix(100)) }).sorted().prefix(CheckFigure.maximumShown)
            {
                shown.add(1, labels(node: name) + [("check", check)])
            }
        }
        return [shown] + figures
    }

    private var figures: [MetricFamily] {
        CheckFigure.all.map { figure in
            var family = figure.family
            for (name, node) in view.nodes.sorted(by: { $0.key < $1.key }) {
                guard let check = node.checks.first(figure.check) else { continue }
                family.add(CheckFigure.value(of: check), labels(node: name))
            }
            return family
        }
    }

    private func labels(zone: String) -> Labels { [("site", view.site), ("zone", zone)] }
    private func labels(node: String) -> Labels { [("site", view.site), ("node", node)] }
}
