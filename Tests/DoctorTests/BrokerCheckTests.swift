import Hardware
import MQTT
import NodeFile
import Processes
import TestSupport
import Testing

@testable import Doctor

@Suite("What the doctor finds of brokers")
struct BrokerCheckTests {
    private func checkup(_ broker: String, root: FakeRoot? = nil, more: String = "") throws -> Checkup {
        let text = """
            site: home
            node: stair-01
            brokers: ["\(broker)"]
            sensors: [{name: bottom, input: simulated}]
            \(more)
            """
        return Checkup(try AgentFile(text: text, file: "some.yaml"), board: root?.board ?? Board())
    }

    @Test
    func `one that answers is told how quickly`() async throws {
        try await TestBroker.with { broker in
            var found: [Finding] = []
            // What it awaits has a limit of its own, which a machine that does much else may miss.
            for _ in 0..<5 where !found.contains(where: { $0.found.contains("there and back") }) {
                found = try await checkup("\(broker.address)").brokers()
            }
            #expect(found.count == 2 && found[0].verdict == .fine, "\(found)")
            #expect(found[0].found.hasPrefix("takes us"))
            #expect(found[1].found.contains("there and back"), "\(found)")
        }
    }

    @Test
    func `none there`() async throws {
        let port = try FreePort.next()
        let found = try await checkup("mqtt://127.0.0.1:\(port)").brokers()
        #expect(found.count == 1 && found[0].verdict == .fault)
        #expect(found[0].found.contains("no broker at mqtt://127.0.0.1:\(port)"), "\(found)")
        #expect(found[0].remedy?.isEmpty == false)
    }

    @Test
    func `one that wants another password`() async throws {
        let root = try FakeRoot()
        try root.write("wrong\n", to: "/password", mode: 0o600)
        try root.write("", to: "/users")
        let port = try FreePort.next()
        let extra = "listener \(port) 127.0.0.1\nallow_anonymous false\npassword_file \(root.path)/users\n"
        try await TestBroker.with(extra: "per_listener_settings true\n" + extra) { _ in
            let found = try await checkup(
                "mqtt://127.0.0.1:\(port)", root: root, more: "username: me\npasswordFile: /password"
            ).brokers()
            #expect(found.count == 1 && found[0].verdict == .fault, "\(found)")
            #expect(found[0].remedy?.contains("passwordFile") == true, "\(found)")
        }
    }

    @Test
    func `messages that wait for acknowledgements`() {
        let quick = Array(repeating: Duration.milliseconds(1), count: 20)
        #expect(Checkup.delay(quick, check: "b").verdict == .fine)
        let delayed = quick.prefix(8) + Array(repeating: .milliseconds(41), count: 12)
        let found = Checkup.delay(Array(delayed), check: "b")
        #expect(found.verdict == .warning && found.remedy?.contains("set_tcp_nodelay true") == true)
        // A broker that is far away isn't one that waits.
        #expect(Checkup.delay(Array(repeating: .milliseconds(80), count: 20), check: "b").verdict == .fine)
    }
}
