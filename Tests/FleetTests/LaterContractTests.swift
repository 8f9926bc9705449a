import Lighting
import Mesh
import Testing

@testable import Fleet

/// Records, claims and commands of a contract that doesn't exist yet.
@Suite struct LaterContractTests {
    static let origin = "written by protocol 99, this speaks \(Version.contract): update it"

    /// A message of a leader's with other words, and as of a later contract.
    private func later(_ message: some Encodable, _ changes: (String, String)...) -> [UInt8] {
        var text = String(decoding: JSON.encode(message), as: UTF8.self)
        for (old, new) in changes {
            #expect(text.contains(old), "\(text)")
            text = text.replacing(old, with: new)
        }
        text = text.replacing("\"protocol\":\(Version.contract)", with: "\"protocol\":99")
        return Array(text.utf8)
    }

    private func activity(_ node: String) -> Activity {
        Activity(
            id: "a-\(node)", kind: .replacement, node: node, cause: "gone", began: at(1).nanoseconds, ended: nil,
            status: .inProgress, step: .restart, detail: "", bootId: nil, version: nil, spare: nil, configuration: nil)
    }

    @Test func `of a record what isn't known is left out alone`() throws {
        var group = GroupMessage(stamp: Stamp(term: 3, revision: 1))
        group.activities = [activity("stair-01"), activity("stair-02")]
        group.suspendedProcesses = [.healthCheck, .replaceUnhealthy]
        group.scheduledActions = [
            ScheduledActionMessage(name: "n", action: "dim", recurrence: "0 1 * * *", timeZone: nil, next: nil)
        ]
        group.contract = Version.contract
        let bytes = later(
            group, ("\"HealthCheck\"", "\"AuraCheck\""),
            (
                "\"node\":\"stair-01\",\"status\":\"InProgress\",\"step\":\"restart\"",
                "\"node\":\"stair-01\",\"status\":\"InProgress\",\"step\":\"hypnotise\""
            ),
            ("\"sleeping\":false", "\"sleeping\":false,\"mood\":{\"good\":true}"))
        var leftOut: [String] = []
        let read = try JSON.decode(GroupMessage.self, from: bytes, leftOut: &leftOut)
        #expect(read.activities.map(\.node) == ["stair-02"] && read.suspendedProcesses == [.replaceUnhealthy])
        #expect(read.scheduledActions?.first?.action == "dim" && read.contract == 99)
        #expect(leftOut.count == 2 && leftOut.contains { $0.contains("activities.[0].step") }, "\(leftOut)")
    }

    @Test func `a refresh that stands as nobody knows is no longer carried on`() throws {
        let refresh = RefreshMessage(
            id: "r", status: .baking, version: "2", preferences: .init(), began: 1, ended: nil, reason: "",
            previous: [:])
        let read = try JSON.decode(RefreshMessage.self, from: later(refresh, ("Baking", "Simmering")))
        #expect(read.status == .failed && !read.isOpen)
    }

    @Test func `a node whose state or health isn't known is looked at anew, and the record is told of once`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        var node = try #require(fleet.core.nodes["stair-02"]?.message)
        node.stamp = Stamp(term: node.stamp.term + 1, revision: 1)
        node.tried = [.restart, .reboot]
        node.contract = Version.contract
        let bytes = later(
            node, ("\"Healthy\"", "\"Radiant\""), ("\"InService\"", "\"Dreaming\""), ("\"reboot\"", "\"hypnotise\""))
        let topic = FleetTopic.node("stair-02").name(site: home)
        for _ in 0..<3 { fleet.handle(.message(topic: topic, payload: bytes)) }
        let lines = fleet.lines.filter { $0.contains(Self.origin) }
        #expect(
            lines.count == 1 && lines[0].contains("lifecycleState: \"Dreaming\" counts as Pending"), "\(fleet.lines)")
        fleet.run(seconds: 300)
        #expect(fleet.core.nodes["stair-02"]?.message.lifecycleState == .inService)
        #expect(fleet.core.nodes["stair-02"]?.message.healthStatus == .healthy)
        #expect(fleet.actions(for: "stair-02").isEmpty, "nothing was done to it")
    }

    @Test func `a command that isn't known is answered with why, and one without a name is refused`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let text = #"{"command":"hypnotise","id":"h","protocol":99,"zone":"stairs"}"#
        let topic = FleetTopic.command.name(site: home)
        for _ in 0..<2 { fleet.handle(.message(topic: topic, payload: Array(text.utf8))) }
        let answers = fleet.published.filter { $0.topic == "fleet/result" }
        #expect(answers.count == 1)
        let answer: ResultMessage? = fleet.last("fleet/result")
        #expect(answer?.id == "h" && answer?.done == false && answer?.error?.hasSuffix(Self.origin) == true)
        fleet.handle(.message(topic: topic, payload: Array(#"{"command":"hypnotise","protocol":99}"#.utf8)))
        #expect(fleet.lines.last?.hasSuffix(Self.origin) == true)
        #expect(fleet.published.filter { $0.topic == "fleet/result" }.count == 1)
    }

    @Test func `claims name their contract, those of the first say none`() throws {
        let claim = AgentClaim(
            online: true, bootId: "z-1", version: "1", beat: 7, leads: false, term: 1, priority: 50, problem: nil)
        #expect(try JSON.decode(AgentClaim.self, from: JSON.encode(claim)).contract == Version.contract)
        let first = String(decoding: JSON.encode(claim), as: UTF8.self)
            .replacing(",\"protocol\":\(Version.contract)", with: "")
        #expect(try JSON.decode(AgentClaim.self, from: Array(first.utf8)).contract == nil)
    }

    @Test func `a node's report is taken but for the check that isn't known`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let text = #"{"at":\#(fleet.now.nanoseconds),"uptimeSeconds":2,"checks":[{"check":"aura","healthy":true}]}"#
        let before = fleet.core.nodes["stair-02"]?.reportAt
        fleet.now = fleet.now + .milliseconds(1)
        fleet.handle(
            .message(topic: Topic.health(node: "stair-02").name(site: home), payload: Array(text.utf8)))
        #expect(fleet.core.nodes["stair-02"]?.reportAt != before)
        #expect(fleet.lines.contains { $0.contains("checks.[0].value: is missing, left out") })
    }
}
