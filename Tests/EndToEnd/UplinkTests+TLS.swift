import Fleet
import Glibc
import Processes
import TestSupport
import Testing

extension UplinkTests {
    /// HAProxy with the file that the documentation names, before one instance, with certificates of the test's own.
    private struct Balancer {
        let folder: TemporaryFolder
        let port: UInt16
        let environment: [String: String]

        /// What a fleet agent's file says of it.
        var way: String { "https://localhost:\(port), ca: \(folder.path)/ca.pem" }

        init(before instance: UInt16) throws {
            folder = try TemporaryFolder("tls")
            port = try FreePort.next()
            var environment = [
                "FOOTLIGHT_BALANCER": "127.0.0.1:\(port)", "FOOTLIGHT_CERTIFICATE": "\(folder.path)/balancer.pem",
            ]
            // Nobody is at the others.
            for number in 1...3 {
                environment["FOOTLIGHT_BACKEND_\(number)"] = "127.0.0.1:\(number == 1 ? instance : try FreePort.next())"
            }
            self.environment = environment
            for name in ["ours", "stranger"] {
                try openssl(
                    ["req", "-x509"] + Balancer.newKey
                        + ["-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).pem"])
            }
        }

        private static let newKey = [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        ]

        private func openssl(_ arguments: [String]) throws {
            let child = try ChildProcess("openssl", arguments, folder: folder.path)
            guard try child.waitForEnd() == .exit(0) else { throw TestFailure(child.output) }
        }

        /// From now on the fleet agents trust this authority.
        func trust(_ authority: String) throws { try folder.write(text(of: "\(authority).pem"), to: "ca.pem") }

        private func text(of name: String) throws -> String {
            String(decoding: try folder.contents(of: name), as: UTF8.self)
        }

        /// Starts it with a certificate of our authority's for a name.
        func start(as name: String) throws -> ChildProcess {
            try openssl(
                ["req", "-new"] + Balancer.newKey + ["-subj", "/CN=\(name)", "-keyout", "key", "-out", "request"])
            try folder.write("subjectAltName=DNS:\(name)\n", to: "names")
            try openssl([
                "x509", "-req", "-in", "request", "-CA", "ours.pem", "-CAkey", "ours.key", "-CAcreateserial", "-days",
                "2",
                "-extfile", "names", "-out", "certificate",
            ])
            try folder.write(text(of: "certificate") + text(of: "key"), to: "balancer.pem")
            let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            return try ChildProcess(
                "haproxy", ["-db", "-f", "\(root)/broker-config/footlight-backend.haproxy.cfg"],
                environment: environment)
        }
    }

    @Test(.enabled(if: access("/usr/sbin/haproxy", X_OK) == 0 && access("/usr/bin/openssl", X_OK) == 0))
    func `over https records go to whom the named authority vouches for by name, and to nobody else`() async throws {
        let backend = try Backend()
        let process = try backend.start()
        defer { process.process.signal(SIGKILL) }
        let balancer = try await onThread { try Balancer(before: backend.port) }
        try balancer.trust("stranger")
        var haproxy = try await onThread { try balancer.start(as: "localhost") }
        defer { haproxy.signal(SIGKILL) }
        var plan = Self.plan(backend, by: balancer.way)
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            func awaitRefusal(_ reason: String) async throws {
                let remark = try await site.until("\(reason) is told", within: .seconds(60)) { log in
                    log.agent("fleet-a")?.remark.flatMap { $0.contains(reason) ? $0 : nil }
                }
                #expect(remark.contains("telemetry.ca") && remark.contains("telemetry.url"), "\(remark)")
                #expect(try site.process("fleet-a").output.contains(reason))
                let health = try await Self.health(site).telemetry.first
                #expect(health?.error?.contains(reason) == true && health?.records ?? 0 >= 2, "\(health as Any)")
                #expect(try backend.records(process).isEmpty)
            }
            let walks = try await Self.walk(site, times: 2)
            try await awaitRefusal("certificate problem: unable to get local issuer certificate")

            try balancer.trust("ours")
            haproxy.signal(SIGKILL)
            try await haproxy.end()
            haproxy = try await onThread { try balancer.start(as: "elsewhere.example") }
            try await awaitRefusal("no alternative certificate subject name matches target host name 'localhost'")

            haproxy.signal(SIGKILL)
            try await haproxy.end()
            haproxy = try await onThread { try balancer.start(as: "localhost") }
            try await Self.awaitAll(of: walks, at: site, in: backend, process)
            try await site.until("nothing is the matter any more") { log in
                log.agent("fleet-a").map { $0.remark == nil } == true ? true : nil
            }
        }
    }
}
