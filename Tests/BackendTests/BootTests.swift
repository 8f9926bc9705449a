import AWSTopology
import Backend
import FoundationEssentials
import Glibc
import Processes
import Telemetry
import TestSupport
import Testing

/// What the topology has an instance run at its first boot starts this program, as it really takes its arguments: in a folder
/// of its own, with stand-ins for systemctl, aws and the CloudWatch agent.
@Suite(.enabled(if: access("/usr/bin/curl", X_OK) == 0, "needs curl")) struct BootTests {
    /// The repository.
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    private struct Instance: Sendable {
        let folder: TemporaryFolder
        let port: UInt16

        init() throws {
            folder = try TemporaryFolder("boot")
            port = try FreePort.next()
            for name in ["bin", "etc"] { mkdir("\(folder.path)/\(name)", 0o755) }
            symlink(try Programs.path("footlight-backend"), "\(folder.path)/bin/footlight-backend")
            for name in ["footlight-backend-boot", "footlight-backend.service"] {
                let text = String(
                    decoding: FileManager.default.contents(atPath: "\(root)/systemd/\(name)") ?? Data(), as: UTF8.self)
                try folder.write(mapped(text), to: "bin/\(name)", mode: 0o755)
            }
            // It does with the unit what systemd would.
            try folder.write(
                """
                #!/usr/bin/env bash
                [[ $* == "restart footlight-backend" ]] || exit 1
                unit=\(folder.path)/bin/footlight-backend.service
                while IFS= read -r line; do export "$line"; done < <(sed -n 's/^Environment=//p' "$unit")
                file=$(sed -n 's/^EnvironmentFile=-//p' "$unit")
                [[ ! -f $file ]] || while IFS= read -r line; do export "$line"; done <"$file"
                eval "exec $(sed -n 's/^ExecStart=//p' "$unit")" >\(folder.path)/log 2>&1 &
                echo $! >\(folder.path)/pid

                """, to: "bin/systemctl", mode: 0o755)
            try folder.write(
                "#!/bin/sh\necho \"$*\" >>\(folder.path)/aws\necho token-of-the-role\n", to: "bin/aws", mode: 0o755)
            try folder.write("#!/bin/sh\necho \"$*\" >\(folder.path)/signal\n", to: "bin/cfn-signal", mode: 0o755)
            try folder.write(
                "#!/bin/sh\necho \"$*\" >\(folder.path)/agent\n! grep -q broken \(folder.path)/etc/cloudwatch-agent.json\n",
                to: "bin/amazon-cloudwatch-agent-ctl", mode: 0o755)
        }

        /// A text with the paths of an instance mapped to this folder.
        func mapped(_ text: String) -> String {
            [
                ("/usr/local/bin", "\(folder.path)/bin"), ("/opt/aws/bin", "\(folder.path)/bin"),
                ("/opt/aws/amazon-cloudwatch-agent/bin", "\(folder.path)/bin"),
                ("/etc/footlight", "\(folder.path)/etc"), ("/var/lib/footlight/backend", folder.path),
            ].reduce(text) { $0.replacing($1.0, with: $1.1) }
        }

        /// Runs user data with values for what the stack knows.
        func boot(_ userData: String, _ values: [String: String]) throws -> ChildProcess {
            let text = values.reduce(mapped(userData)) { $0.replacing("${\($1.key)}", with: $1.value) }
            #expect(!text.contains("${"), "\(text)")
            return try ChildProcess(
                "/bin/bash", [try folder.write(text, to: "user-data")],
                environment: ["PATH": "\(folder.path)/bin:/usr/bin:/bin"])
        }

        func contents(_ name: String) throws -> String {
            String(decoding: try folder.contents(of: name), as: UTF8.self)
        }

        /// Ends what the unit started.
        func end() throws {
            guard let pid = Int32(try contents("pid").prefix { $0 != "\n" }) else { return }
            kill(pid, SIGTERM)
        }
    }

    /// What the CloudWatch agent is told to collect.
    private struct Collected: Decodable {
        struct Logs: Decodable {
            var collected: Kinds

            private enum CodingKeys: String, CodingKey {
                case collected = "logs_collected"
            }
        }
        struct Kinds: Decodable {
            var journald: List
        }
        struct List: Decodable {
            var parts: [Part]

            private enum CodingKeys: String, CodingKey {
                case parts = "collect_list"
            }
        }
        struct Part: Decodable, Equatable {
            var units: [String]
            var group: String
            var stream: String

            private enum CodingKeys: String, CodingKey {
                case units
                case group = "log_group_name"
                case stream = "log_stream_name"
            }
        }
        var logs: Logs
    }

    /// The backend's group as it is rendered: what it runs, and how it is asked for its health.
    private static func group(_ change: (String) -> String) throws -> (userData: String, check: HealthCheck) {
        let topology = try Topology(reading: change(DefaultTopology.text), file: "backend.yaml")
        let template = try #require(topology.launchTemplates.first { $0.name == "BackendLaunchTemplate" })
        let target = try #require(topology.targetGroups.first { $0.name == "BackendTargetGroup" })
        return (try #require(template.settings.userData), target.healthCheck)
    }

    @Test func `on a database, by the tokens of its role`() async throws {
        let instance = try Instance()
        let server = try await onThread { try PostgresServer(tlsFor: "\(instance.folder.path)/etc/rds.pem") }
        let owner = server.address(of: "footlight")
        try await onThread {
            try server.run("CREATE DATABASE footlight", in: "postgres")
            try server.run("CREATE ROLE footlight_ingest LOGIN PASSWORD 'token-of-the-role'", in: "postgres")
            try server.demandPassword(of: "footlight_ingest")
        }
        try await (try StoreAddress(owner).store() as? PostgresStore)?.migrate(grantingTo: "footlight_ingest")
        let group = try Self.group { $0.replacing("port: 8080", with: "port: \(instance.port)") }
        try await onThread {
            let boot = try instance.boot(
                group.userData,
                [
                    "Database.Endpoint.Address": "127.0.0.1", "Database.Endpoint.Port": "\(server.port)",
                    "AWS::Region": "eu-central-1", "AWS::StackName": "home", "BackendRole": "role",
                    "BackendLogGroup": "home-BackendLogGroup-1a",
                ])
            defer { try? instance.end() }
            let ending = try boot.waitForEnd(within: .seconds(60))
            let log = try instance.contents("log")
            #expect(ending == .exit(0), "\(boot.output) \(log)")
            #expect(
                try instance.contents("signal")
                    == "--exit-code 0 --stack home --resource Backend --role role --region eu-central-1\n")
            #expect(
                try instance.contents("aws").hasPrefix(
                    "rds generate-db-auth-token --hostname 127.0.0.1 --port \(server.port) --username footlight_ingest "
                        + "--region eu-central-1\n"))
            // Its journal goes to the stack's log group: the agent is told so in the form that it reads.
            let file = "\(instance.folder.path)/etc/cloudwatch-agent.json"
            #expect(try instance.contents("agent") == "-a fetch-config -m ec2 -s -c file:\(file)\n")
            let collected = try JSONDecoder().decode(
                Collected.self, from: Data(instance.folder.contents(of: "etc/cloudwatch-agent.json")))
            let units = ["footlight-backend.service", "cloud-final.service"]
            #expect(
                collected.logs.collected.journald.parts == [
                    Collected.Part(units: units, group: "home-BackendLogGroup-1a", stream: "{instance_id}")
                ])
            #expect(access("\(Self.root)/systemd/\(units[0])", F_OK) == 0)
            // As the load balancer asks.
            let request = HTTPExchange.request("GET", group.check.path)
            let answer = try HTTPExchange(port: instance.port, pieces: [request])
            #expect(answer.status == 200, "\(answer)")
            // It takes records.
            let token = try BackendProcess.token(store: owner, "--site", "home")
            let lines = try Records.chain(3, from: Records.recent).map { $0.line + [0x0a] }.reduce([], +)
            let post = HTTPExchange.request(
                "POST", "/v1/records", ["Authorization": "Bearer \(token)"], body: lines)
            #expect(try HTTPExchange(port: instance.port, pieces: [post]).text == #"{"new":3,"taken":3}"#)
        }
    }

    @Test func `without a database, on a file of its own; and a wrong argument is told`() async throws {
        let instance = try Instance()
        let group = try Self.group {
            $0.replacing("port: 8080", with: "port: \(instance.port)")
                .replacing("instanceClass: db.t4g.small,", with: "instanceClass: db.t4g.small, clients: [],")
        }
        try await onThread {
            var values = [
                "AWS::Region": "eu-central-1", "AWS::StackName": "home", "BackendRole": "role",
                "BackendLogGroup": "logs",
            ]
            let boot = try instance.boot(group.userData, values)
            defer { try? instance.end() }
            let ending = try boot.waitForEnd(within: .seconds(60))
            let log = try instance.contents("log")
            #expect(ending == .exit(0), "\(boot.output) \(log)")
            #expect(access("\(instance.folder.path)/backend.sqlite", F_OK) == 0)
            // Logs that stay on the instance are told to the stack; it serves all the same.
            try instance.end()
            values["BackendLogGroup"] = "broken"
            let silent = try instance.boot(group.userData, values)
            #expect(try silent.waitForEnd(within: .seconds(60)) == .exit(0))
            #expect(silent.output.contains("doesn't take the journal to broken"))
            #expect(try instance.contents("signal").hasPrefix("--exit-code 69 "))
            let request = HTTPExchange.request("GET", group.check.path)
            #expect(try HTTPExchange(port: instance.port, pieces: [request]).status == 200)
            let wrong = try instance.boot(group.userData.replacing("--check", with: "--chek"), values)
            try wrong.waitForEnd()
            #expect(wrong.output.contains("usage: footlight-backend-boot"))
            #expect(try instance.contents("signal").hasPrefix("--exit-code 64 "))
        }
    }
}
