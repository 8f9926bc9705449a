import Configuration
import Foundation
import MQTT
import Testing

@Suite struct BrokerAccessTests {
    @Test
    func `a secret that everybody may read or change is refused, with what to do`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "secrets-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "password").path
        func write(_ text: String, _ mode: Int) {
            _ = FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        }
        let brokers = [try BrokerAddress("mqtt://b")]
        let access = BrokerAccess(brokers: brokers, username: "me", passwordFile: path)
        let keyed = BrokerAccess(
            brokers: brokers, tls: TLSFiles(ca: nil, certificate: "/etc/me.pem", key: path))
        for mode in [0o600, 0o640, 0o400] {
            write("secret\nand more\n", mode)
            #expect(try access.configuration(clientID: "c").password == "secret")
            #expect(throws: Never.self) { try keyed.checkSecrets() }
        }
        for mode in [0o644, 0o604, 0o602, 0o666] {
            write("secret\n", mode)
            let expected =
                "everybody on this machine may read or change it (mode \(String(mode, radix: 8))); take that "
            for (access, field) in [(access, "passwordFile"), (keyed, "tls.key")] {
                for call in [{ try access.checkSecrets() }, { _ = try access.configuration(clientID: "c") }] {
                    let error = #expect(throws: MQTTError.self) { try call() }
                    #expect(error?.description == "\(field) \(path): \(expected)away: chmod o= \(path)")
                }
            }
        }
        write("\n", 0o600)
        #expect(throws: MQTTError.self) { try access.configuration(clientID: "c") }
        try FileManager.default.removeItem(atPath: path)
        // Checked elsewhere than where it will be, it isn't there.
        #expect(throws: Never.self) { try access.checkSecrets() }
        #expect(throws: MQTTError.self) { try access.configuration(clientID: "c") }
    }
}
