import Testing

@testable import Mesh

@Suite struct MixedContractTests {
    private static let first = """
        {"bars":[],"bootId":"b","connection":1,"priority":50,"sensors":[],"started":1,"state":"online",\
        "synchronised":true,"version":"0.1.0"}
        """

    private func status(_ text: String) throws -> NodeStatus { try NodeStatus(bytes: Array(text.utf8)) }

    @Test func `a status of the first contract, which doesn't say so, is read`() throws {
        let status = try status(Self.first)
        #expect(status.state == .online && status.contract == nil && status.conflict == nil)
    }

    @Test func `a status of a later contract with a state and fields that nobody knows yet is of a node that is there`()
        throws
    {
        let text = Self.first.replacing("\"online\"", with: "\"draining\"")
            .replacing("\"priority\"", with: "\"mood\":{\"good\":true},\"protocol\":99,\"priority\"")
        let status = try status(text)
        #expect(status.state == .online && status.contract == 99)
        var presence = Presence()
        presence.update(status, of: "new")
        #expect(presence.isOnline("new") && presence.first(of: ["new"]) == "new")
    }

    @Test func `what an agent says, names the contract`() {
        let node = TestNode()
        let text = String(decoding: JSON.encode(node.core.description.status(.online, connection: 1)), as: UTF8.self)
        #expect(text.contains("\"protocol\":\(Version.contract),"))
    }

    @Test func `nodes of different contracts are named, those that are gone aren't`() throws {
        var presence = Presence()
        var old = try status(Self.first)
        presence.update(old, of: "stair-01")
        #expect(presence.mixedContracts == nil)
        old.contract = 2
        presence.update(old, of: "stair-02")
        #expect(
            presence.mixedContracts?.hasPrefix("nodes speak different protocols (1: stair-01; 2: stair-02)") == true)
        old.state = .offline
        presence.update(old, of: "stair-02")
        #expect(presence.mixedContracts == nil)
    }
}
