import Mesh
import Testing

/// Who is at another broker than we look at.
@Suite struct PresenceElsewhereTests {
    private func presence(
        _ state: NodeStatus.State?, boot: String = "a", started: Int64 = 1, connection: Int = 1
    ) -> Presence {
        var presence = Presence()
        guard let state else { return presence }
        presence.update(
            NodeStatus(
                state: state, bootId: boot, started: started, connection: connection, version: "0.1.0", bars: [],
                sensors: [], synchronised: true, priority: 0), of: "stair-01")
        return presence
    }

    @Test func `who is unknown here, or gone, or here by an older word, is elsewhere`() {
        for here in [
            presence(nil), presence(.offline, connection: 2), presence(.online, connection: 2),
            presence(.offline, boot: "b", started: 0, connection: 9),
        ] {
            #expect(here.nodesElsewhere(in: presence(.online, connection: 3)) == ["stair-01"])
            #expect(here.nodesElsewhere(in: presence(.sleeping, connection: 3)) == ["stair-01"])
        }
    }

    @Test func `bridged brokers have the same words, and nobody is elsewhere`() {
        #expect(presence(.online, connection: 3).nodesElsewhere(in: presence(.online, connection: 3)).isEmpty)
        #expect(presence(.offline, connection: 3).nodesElsewhere(in: presence(.offline, connection: 3)).isEmpty)
    }

    @Test func `who left the other, or is newer here, isn't`() {
        for there in [
            presence(nil), presence(.offline, connection: 9), presence(.online, connection: 2),
            presence(.online, boot: "b", started: 0, connection: 9),
        ] {
            #expect(presence(.online, connection: 3).nodesElsewhere(in: there).isEmpty)
        }
    }
}
