import FoundationEssentials
import Lighting
import Mesh
import TestSupport
import Testing

@testable import Fleet
@testable import FleetMetrics

/// A fleet with something of everything.
private func sample() -> FleetView {
    let now = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
    var group = GroupMessage()
    group.desiredCapacity = 3
    group.inService = 2
    group.healthy = 1
    group.unhealthy = ["stair-02"]
    group.unhealthyCount = 120
    group.holding = "x"
    group.suspendedProcesses = [.replaceUnhealthy]
    group.refresh = RefreshMessage(
        id: "r", status: .rollbackInProgress, version: "2", preferences: .init(), began: 1_700_000_000_000_000_000,
        reason: "", previous: ["stair-01": "1", "stair-02": "1", "stair-03": "1", "stair-04": "1"],
        updated: ["stair-01"])
    func node(_ status: HealthStatus, offset: Double, since: MeshInstant, heard: MeshInstant) -> FleetView.Node {
        var message = NodeMessage()
        message.healthStatus = status
        message.lifecycleState = .inService
        message.since = since.nanoseconds
        message.groups = ["stairs"]
        let checks = CheckFigure.all.map { figure in
            HealthMessage.Check(figure.check, healthy: true, value: figure.check == .clock ? offset : 40)
        }
        return FleetView.Node(
            message: message, status: nil, checks: checks, notes: [CheckFault(check: "under-voltage", text: "x")],
            reportAt: now, lastHeard: heard, isAsleep: false)
    }
    var uplink = UplinkState(limitBytes: 64 << 20)
    uplink.records = 12
    uplink.bytes = 4000
    uplink.oldest = (now - .seconds(90)).nanoseconds
    uplink.lastSuccess = (now - .seconds(100)).nanoseconds
    uplink.error = "no route"
    return FleetView(
        at: now, site: "home", id: "fleet-a", version: "1", isConnected: true, isLeading: true, leader: "fleet-a",
        term: 3, problem: nil, echoDelay: .milliseconds(12), stretch: 2, others: [:], groups: ["stairs": group],
        nodes: [
            "stair-01": node(.healthy, offset: 1.5, since: now, heard: now),
            "stair-02": node(.unhealthy, offset: -2.5, since: now, heard: now - .seconds(31)),
        ], uplink: uplink)
}

private func exposition() -> FleetExposition {
    FleetExposition(view: sample(), health: HealthPolicy(), tally: ActivityTally(since: .distantPast))
}

@Suite struct FleetExpositionTests {
    private static let lines = [
        "footlight_fleet_agent_leads{site=\"home\"} 1",
        "footlight_fleet_echo_delay_seconds{site=\"home\"} 0.012",
        "footlight_fleet_timeout_stretch_ratio{site=\"home\"} 2",
        "footlight_fleet_detection_limit_seconds{site=\"home\"} 35",
        "footlight_telemetry_outbox_records{site=\"home\"} 12",
        "footlight_telemetry_oldest_unsent_seconds{site=\"home\"} 90",
        "footlight_telemetry_last_success_timestamp_seconds{site=\"home\"} 1799999900",
        "footlight_telemetry_failing{site=\"home\"} 1",
        "footlight_group_desired_nodes{site=\"home\",zone=\"stairs\"} 3",
        "footlight_group_unhealthy_nodes{site=\"home\",zone=\"stairs\"} 120",
        "footlight_group_holding{site=\"home\",zone=\"stairs\"} 1",
        "footlight_group_process_suspended{site=\"home\",zone=\"stairs\",process=\"ReplaceUnhealthy\"} 1",
        "footlight_group_process_suspended{site=\"home\",zone=\"stairs\",process=\"HealthCheck\"} 0",
        "footlight_group_refresh_failed{site=\"home\",zone=\"stairs\"} 1",
        "footlight_group_refresh_in_progress{site=\"home\",zone=\"stairs\"} 1",
        "footlight_group_refresh_progress_ratio{site=\"home\",zone=\"stairs\"} 0.25",
        "footlight_group_refresh_start_timestamp_seconds{site=\"home\",zone=\"stairs\"} 1700000000",
        "footlight_group_clock_spread_seconds{site=\"home\",zone=\"stairs\"} 0.004",
        "footlight_node_clock_offset_seconds{site=\"home\",node=\"stair-02\"} -0.0025",
        "footlight_node_clock_error_bound_seconds{site=\"home\",node=\"stair-01\"} 0.04",
        "footlight_node_broker_round_trip_seconds{site=\"home\",node=\"stair-01\"} 0.04",
        "footlight_node_delivery_seconds{site=\"home\",node=\"stair-01\"} 0.04",
        "footlight_node_worst_frame_delay_seconds{site=\"home\",node=\"stair-01\"} 0.04",
        "footlight_node_memory_bytes{site=\"home\",node=\"stair-01\"} 40000000",
        "footlight_node_disk_free_ratio{site=\"home\",node=\"stair-01\"} 0.4",
        "footlight_node_temperature_celsius{site=\"home\",node=\"stair-01\"} 40",
        "footlight_node_last_report_timestamp_seconds{site=\"home\",node=\"stair-01\"} 1800000000",
        "footlight_node_shown_fault{site=\"home\",node=\"stair-01\",check=\"under-voltage\"} 1",
        "footlight_node_detection_seconds{site=\"home\",node=\"stair-02\"} 31",
    ]

    @Test func `each figure of a check is in a unit that is known, and has a line`() {
        #expect(CheckFigure.all.count > 5)
        for figure in CheckFigure.all {
            let check = HealthMessage.Check(figure.check, healthy: true, value: 1)
            #expect(CheckFigure.value(of: check) != nil, "\(figure.check) in \(check.unit)")
            #expect(Self.lines.contains { $0.hasPrefix("\(figure.family.name){") }, "no line of \(figure.family.name)")
        }
    }

    @Test(arguments: lines) func `tells in base units`(line: String) {
        #expect(exposition().text.split(separator: "\n").contains(Substring(line)))
    }

    /// What a rule or a panel asks for, and nobody tells, would never fire, nor show.
    @Test(arguments: ["alerts.yaml", "dashboard.json"]) func `rules and panels ask for what is told`(file: String)
        throws
    {
        let told = Set(
            exposition().text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                .map { String($0.split(separator: " ")[2]) })
        let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/monitoring"
        let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_") }
        let asked = Set(words.filter { $0.hasPrefix("footlight_") }.map(String.init))
        #expect(asked.count > 10 && asked.isSubset(of: told), "\(asked.subtracting(told).sorted())")
    }

    @Test func `every metric has a help and one type, and each sample is told once`() {
        let lines = exposition().text.split(separator: "\n").map(String.init)
        let samples = lines.filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != " " }) }
        #expect(Set(samples).count == samples.count)
        let types = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(Set(types).count == types.count && types.count == lines.count { $0.hasPrefix("# HELP ") })
    }
}
