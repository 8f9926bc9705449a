import Lighting
import Testing

@testable import Mesh

/// How long a message that was refused is the matter with a node.
@Suite struct RefusalTests {
    private func check(_ node: TestNode, at now: MeshInstant) throws -> HealthMessage.Check {
        let payload = node.core.health(at: now, checks: []).payload
        return try #require(try JSON.decode(HealthMessage.self, from: payload).check(.messages))
    }

    private static let status = Topic.status(node: "evil")

    @Test func `what a broker keeps is held against nobody any more once it is taken away, or mended`() throws {
        let status = #"{"bars":[],"bootId":"x","connection":1,"priority":0,"sensors":[],"started":1,"#
        for mended in [
            "",
            status + #""state":"online","synchronised":false,"version":"1"}"#,
        ] {
            var node = TestNode.atWork()
            node.hear(Self.status, text: "{", at: at(10))
            #expect(try check(node, at: at(20)).detail?.contains("footlight/home/node/evil/status") == true)
            // As long as it stands there, it is.
            #expect(try !check(node, at: at(10_000)).healthy)
            node.hear(Self.status, text: mended, at: at(10_001))
            let after = try check(node, at: at(10_002))
            #expect(after.healthy && after.detail == nil && after.value == 1)
        }
    }

    @Test func `of two the other is told of when the last is mended`() throws {
        var node = TestNode.atWork()
        node.hear(Self.status, text: "{", at: at(10))
        node.hear(.status(node: "mad"), text: "[", at: at(11))
        #expect(try check(node, at: at(12)).detail?.contains("node/mad/status") == true)
        node.hear(.status(node: "mad"), text: "", at: at(13))
        let left = try check(node, at: at(14))
        #expect(!left.healthy && left.detail?.contains("node/evil/status") == true)
    }

    @Test func `a command that was refused is over after ten minutes`() throws {
        var node = TestNode.atWork()
        node.hear(.set(zone: "stairs"), text: "dim", at: at(10))
        #expect(try !check(node, at: at(600)).healthy)
        #expect(try check(node, at: at(611)).healthy)
    }

    @Test func `so many topics are remembered, and no more`() throws {
        var node = TestNode.atWork()
        for number in 0..<1000 {
            node.hear(.status(node: "evil-\(number)"), text: "{", at: at(10 + Double(number) / 100))
        }
        for number in 0..<1000 { node.hear(.status(node: "evil-\(number)"), text: "", at: at(30)) }
        let after = try check(node, at: at(31))
        #expect(after.healthy && after.value == 1000)
    }
}
