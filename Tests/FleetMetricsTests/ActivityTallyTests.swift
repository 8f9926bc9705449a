import Lighting
import Testing

@testable import Fleet
@testable import FleetMetrics

@Suite struct ActivityTallyTests {
    private func activity(_ id: String, _ status: Activity.Status, ended: Int64?) -> Activity {
        Activity(
            id: id, kind: .replacement, node: "stair-01", cause: "", began: 1, ended: ended, status: status,
            step: .restart, detail: "")
    }

    private func group(_ activities: Activity...) -> [String: GroupMessage] {
        var group = GroupMessage()
        group.activities = activities
        return ["stairs": group]
    }

    @Test func `counts each that ended since the start, once`() {
        var tally = ActivityTally(since: MeshInstant(nanoseconds: 100))
        let failed = ActivityTally.Key(zone: "stairs", kind: .replacement, status: .failed)
        tally.count(group(activity("old", .failed, ended: 99), activity("a", .inProgress, ended: nil)))
        #expect(tally.counts.isEmpty)
        let ended = group(activity("a", .failed, ended: 150), activity("b", .successful, ended: 160))
        tally.count(ended)
        tally.count(ended)
        #expect(
            tally.counts == [failed: 1, ActivityTally.Key(zone: "stairs", kind: .replacement, status: .successful): 1])
        // Records keep the last few only.
        tally.count(group(activity("c", .failed, ended: 170)))
        #expect(tally.counts[failed] == 2)
        tally.count([:])
        #expect(tally.counts.isEmpty)
    }
}
