import Configuration
import Documents
import Fleet
import MQTT
import Mesh
import NodeFile
import Testing
import YAML

@Suite("The fleet's file, and what an agent's file says for it") struct FleetFilesTests {
    static let good = """
        site: home
        id: fleet-a
        priority: 60
        brokers: [mqtt://127.0.0.1:1883, mqtts://broker:8883]
        username: fleet
        passwordFile: /etc/footlight/password
        tls: {ca: /etc/footlight/ca.pem}
        state: /var/lib/footlight/fleet
        health: {interval: 1s, timeout: 500ms, healthyThreshold: 3, unhealthyThreshold: 4}
        checks: {temperature: {counts: true, maximum: 70}, delivery: {maximum: 250.5}}
        replacement: {maximumShare: 20%, silentDelay: 5s, giveBackDelay: never}
        spares: {spare-01: any, spare-02: [stair-03, stair-04/bar]}
        scheduledActions:
          - {name: night, group: stairs, action: sleep, recurrence: "0 1 * * *", timeZone: Europe/Berlin}
          - {name: morning, action: wake, recurrence: "30 5 * * mon-fri"}
        lease: 3s
        http: {listen: "[::1]:9464"}
        telemetry: {url: https://telemetry.example.com/, tokenFile: /etc/footlight/token, ca: /etc/ca.pem, outbox: /var/outbox, limit: 16MiB}

        """

    @Test func `all that it says`() throws {
        let file = try FleetFile(text: Self.good, file: "fleet.yaml")
        #expect(file.site == "home" && file.id == "fleet-a" && file.priority == 60)
        #expect(file.access.brokers.count == 2 && file.access.username == "fleet")
        #expect(file.stateDirectory == "/var/lib/footlight/fleet")
        let policy = file.policy
        #expect(policy.health.interval == .seconds(1) && policy.health.timeout == .milliseconds(500))
        #expect(policy.health.healthyThreshold == 3 && policy.health.unhealthyThreshold == 4)
        #expect(policy.health.detectionTime == .milliseconds(3500) ... .milliseconds(4500))
        #expect(policy.replacement.silentDelay == .seconds(5) && policy.replacement.giveBackDelay == nil)
        #expect(policy.checks["temperature"] == CheckRule(counts: true, maximum: 70))
        #expect(policy.checks["delivery"] == CheckRule(counts: false, maximum: 250.5), "the rest is as by default")
        #expect(policy.checks["memory"] == CheckRule.defaults["memory"])
        #expect(policy.replacement.maximumShare == 0.2 && policy.replacement.silentDelay == .seconds(5))
        #expect(policy.replacement.rebootTimeout == ReplacementPolicy().rebootTimeout)
        #expect(policy.spares.keys.sorted() == ["spare-01", "spare-02"])
        #expect(policy.spares["spare-01"] == .some(nil))
        #expect(policy.spares["spare-02"] == ["stair-03", "stair-04/bar"])
        #expect(policy.scheduledActions.map(\.name) == ["night", "morning"])
        #expect(policy.scheduledActions[0].timeZone == "Europe/Berlin" && policy.scheduledActions[1].zone == nil)
        #expect(policy.lease == .seconds(3))
        #expect(file.http?.host == "::1" && file.http?.port == 9464)
        let telemetry = try #require(file.telemetry)
        #expect(telemetry.url == "https://telemetry.example.com" && telemetry.tokenFile == "/etc/footlight/token")
        #expect(telemetry.ca == "/etc/ca.pem" && telemetry.outbox == "/var/outbox" && telemetry.limitBytes == 16 << 20)
    }

    @Test func `what says nothing is by default, and the example is one`() throws {
        let file = try FleetFile(text: "site: home\nid: a\nbrokers: [mqtt://b]\n", file: "fleet.yaml")
        #expect(file.policy == FleetPolicy() && file.priority == 50)
        let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/examples/fleet.yaml"
        #expect(try FleetFile(path: path).policy == FleetPolicy())
    }

    @Test(arguments: ["localhost:8080", "127.0.0.1:8080", "\"[::1]:8080\""])
    func `a backend on this machine needs no TLS`(place: String) throws {
        let isQuoted = place.hasPrefix("\"")
        let url = isQuoted ? "\"http://" + place.dropFirst() : "http://" + place
        let text = try Self.good.with("url: \(url),", for: "url: https://telemetry.example.com/,")
            .with("", for: "ca: /etc/ca.pem, ")
        let file = try FleetFile(text: text, file: "fleet.yaml")
        #expect(file.telemetry?.url == url.filter { $0 != "\"" })
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var good: String
        var bad: String
        var line: Int
        var field: String
        var says: String
        var testDescription: String { bad }
    }

    static let faults = [
        Bad(good: "id: fleet-a", bad: "id: Fleet A", line: 2, field: "id", says: "fleet-a"),
        Bad(good: "id: fleet-a\n", bad: "", line: 0, field: "id", says: "is missing"),
        Bad(
            good: "temperature: {", bad: "temperatur: {", line: 10, field: "checks.temperatur",
            says: "Did you mean temperature?"),
        Bad(good: "interval: 1s", bad: "interval: 1", line: 9, field: "health.interval", says: "has no unit"),
        Bad(
            good: "timeout: 500ms", bad: "timeout: 2s", line: 9, field: "health.timeout",
            says: "longer than the interval"),
        Bad(
            good: "healthyThreshold: 3", bad: "healthyThreshold: 0", line: 9, field: "health.healthyThreshold",
            says: "1 to 10"),
        Bad(good: "maximumShare: 20%", bad: "maximumShare: 20", line: 11, field: "replacement.maximumShare", says: "%"),
        Bad(good: "spare-01: any", bad: "spare-01: all", line: 12, field: "spares.spare-01", says: "any"),
        Bad(good: "[stair-03,", bad: "[a/b/c,", line: 12, field: "spares.spare-02[0]", says: "node/bar"),
        Bad(
            good: "\"0 1 * * *\"", bad: "\"0 25 * * *\"", line: 14, field: "scheduledActions[0].recurrence",
            says: "five fields"),
        Bad(good: "name: morning", bad: "name: night", line: 15, field: "scheduledActions[1].name", says: "twice"),
        Bad(
            good: "action: sleep", bad: "action: sleeep", line: 14, field: "scheduledActions[0].action", says: "sleep?"),
        Bad(good: "maximum: 70", bad: "maximum: hot", line: 10, field: "checks.temperature.maximum", says: "number"),
        Bad(good: "lease: 3s", bad: "lease: 1ms", line: 16, field: "lease", says: "600ms"),
        Bad(good: "\"[::1]:9464\"", bad: "9464", line: 17, field: "http.listen", says: "127.0.0.1:9464"),
        Bad(good: "\"[::1]:9464\"", bad: "localhost:0", line: 17, field: "http.listen", says: "1 to 65535"),
        Bad(good: "\"[::1]:9464\"", bad: "\"::1:9464\"", line: 17, field: "http.listen", says: "[::1]:PORT"),
        Bad(good: "\"[::1]:9464\"", bad: "a/b/c:1", line: 17, field: "http.listen", says: "HOST:PORT"),
        Bad(good: "\"[::1]:9464\"", bad: "\"[a/b]:1\"", line: 17, field: "http.listen", says: "HOST:PORT"),
        Bad(good: "\"[::1]:9464\"", bad: "\"[::1::]:1\"", line: 17, field: "http.listen", says: "HOST:PORT"),
        Bad(good: "\"[::1]:9464\"", bad: "127.0.0.256:1", line: 17, field: "http.listen", says: "HOST:PORT"),
        Bad(good: "\"[::1]:9464\"", bad: "localhost:+9464", line: 17, field: "http.listen", says: "HOST:PORT"),
        Bad(
            good: "https://telemetry.", bad: "ftp://telemetry.", line: 18, field: "telemetry.url", says: "https://HOST"),
        Bad(good: "https://telemetry.", bad: "telemetry.", line: 18, field: "telemetry.url", says: "https://HOST"),
        Bad(
            good: "https://telemetry.", bad: "http://telemetry.", line: 18, field: "telemetry.url", says: "in the clear"
        ),
        Bad(good: "https://telemetry.", bad: "https://a:b@telemetry.", line: 18, field: "telemetry.url", says: "…@…"),
        Bad(good: ".com/,", bad: ".com:0/,", line: 18, field: "telemetry.url", says: "https://HOST"),
        Bad(good: ".com/,", bad: ".com/?a=b,", line: 18, field: "telemetry.url", says: "https://HOST"),
        Bad(
            good: "tokenFile: /etc/footlight/token, ", bad: "", line: 0, field: "telemetry.tokenFile",
            says: "is missing"),
        Bad(
            good: "https://telemetry.example.com/", bad: "http://localhost:8080", line: 18, field: "telemetry.ca",
            says: "is for https"),
        Bad(good: "ca: /etc/ca.pem", bad: "ca: ca.pem", line: 18, field: "telemetry.ca", says: "begins with /"),
        Bad(good: "outbox: /var", bad: "outbox: var", line: 18, field: "telemetry.outbox", says: "begins with /"),
        Bad(good: "16MiB", bad: "0MiB", line: 18, field: "telemetry.limit", says: "in MiB"),
        Bad(good: "site: home", bad: "site: home\nzones: {}", line: 2, field: "zones", says: "site file"),
    ]

    @Test(arguments: faults) func `what is wrong is told with its place and a remedy`(bad: Bad) throws {
        let text = try Self.good.with(bad.bad, for: bad.good)
        let errors = #expect(throws: ConfigurationErrors.self) { try FleetFile(text: text, file: "fleet.yaml") }
        let error = try #require(errors?.errors.first)
        #expect(errors?.errors.count == 1)
        #expect(error.field == bad.field && (bad.line == 0 || error.mark?.line == bad.line))
        #expect("\(error)".contains(bad.says) && !error.remedy.isEmpty, "\(error)")
    }

    @Test func `a node's programs, and the file with its version`() throws {
        let text = """
            site: home
            node: a
            brokers: [mqtt://b]
            bars: [{name: bar, channels: white, output: simulated}]
            commands: {reboot: [/usr/bin/systemctl, reboot], update: [/sbin/footlight-update]}
            versionFile: /etc/footlight-version

            """
        let file = try AgentFile(text: text, file: "a.yaml")
        #expect(file.commands == [.reboot: ["/usr/bin/systemctl", "reboot"], .update: ["/sbin/footlight-update"]])
        #expect(file.versionFile == "/etc/footlight-version")
        let wrong = try text.with("[systemctl, reboot]", for: "[/usr/bin/systemctl, reboot]")
        let errors = #expect(throws: ConfigurationErrors.self) { try AgentFile(text: wrong, file: "a.yaml") }
        #expect(errors?.errors.first?.field == "commands.reboot[0]")
        let none = try text.with("[]", for: "[/sbin/footlight-update]")
        #expect(throws: ConfigurationErrors.self) { try AgentFile(text: none, file: "a.yaml") }
    }
}

extension String {
    /// The text with the first `good` replaced.
    fileprivate func with(_ bad: String, for good: String) throws -> String {
        var text = self
        text.replaceSubrange(try #require(firstRange(of: good)), with: bad)
        return text
    }
}
