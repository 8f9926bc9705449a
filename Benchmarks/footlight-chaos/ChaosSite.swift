internal import Glibc
internal import MQTT
internal import Processes
internal import TestSupport

/// All that runs, and what it leaves.
final class ChaosSite: Sendable {
    static let name = "chaos"
    static let nodes = (1...10).map { $0 < 10 ? "stair-0\($0)" : "stair-\($0)" }
    static let fleetAgents = ["fleet-a", "fleet-b"]
    static let instances = ["instance-1", "instance-2", "instance-3"]

    private struct State: Sendable {
        var running: [String: ChildProcess] = [:]
        /// What was ended, or killed, and how: what ends otherwise is a fault.
        var ended: [(name: String, process: ChildProcess, number: Int32)] = []
        var faults: [String] = []
    }

    let broker: LocalBroker
    let pair: PostgresPair
    /// From the fleet agents to the balancer.
    let links: [String: Link]
    private let disks: [String: SmallDisk]
    private let ports: [String: UInt16]
    private let place: Workplace
    private let state = Monitor(State())

    /// Whether disks can be filled.
    var hasDisks: Bool { !disks.isEmpty }

    var folder: String { place.folder }
    private var programs: String { place.programs }
    private var store: String { pair.address(of: ChaosSite.name) }

    /// Starts all.
    init() throws {
        place = try Workplace("footlight-chaos")
        let folder = place.folder
        broker = try LocalBroker(configuration: place.root + "/broker-config/footlight-local.conf")
        pair = try PostgresPair()
        try pair.run("CREATE DATABASE \(ChaosSite.name)", in: "postgres")
        ports = try Dictionary(
            uniqueKeysWithValues: (ChaosSite.instances + ["balancer"]).map { ($0, try FreePort.next()) })
        let balancer = ports["balancer", default: 0]
        links = try Dictionary(uniqueKeysWithValues: ChaosSite.fleetAgents.map { ($0, try Link(to: balancer)) })
        disks =
            SmallDisk.isPossible
            ? try Dictionary(
                uniqueKeysWithValues: ChaosSite.fleetAgents.map {
                    ($0, try SmallDisk(at: "\(folder)/\($0)", kilobytes: 65_536))
                }) : [:]
        let token = try ChildProcess(
            "\(programs)/footlight-backend", ["credential", "add", "--store", store, "--site", ChaosSite.name])
        guard try token.waitForEnd(within: .seconds(60)) == .exit(0) else { throw ProcessFailure(token.output) }
        try place.write(token.output, to: "token")
        chmod("\(folder)/token", 0o600)
        try writeFiles()
        try start(ChaosSite.instances + ["balancer"] + ChaosSite.nodes + ChaosSite.fleetAgents)
        let apply = try ChildProcess(
            "\(programs)/footlight", ["apply", "\(folder)/site.yaml"],
            environment: ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": ChaosSite.name])
        guard try apply.waitForEnd(within: .seconds(60)) == .exit(0) else { throw ProcessFailure(apply.output) }
    }

    private func writeFiles() throws {
        try place.write(
            """
            site: \(ChaosSite.name)
            zones:
              stairs:
                bars: [\(ChaosSite.nodes.joined(separator: ", "))]
                sensors: {\(ChaosSite.nodes.map { "\($0)/eye: first" }.joined(separator: ", "))}
                hold: 5s

            """, to: "site.yaml")
        for node in ChaosSite.nodes {
            try place.write(
                """
                site: \(ChaosSite.name)
                node: \(node)
                brokers: [\(broker.address)]
                state: \(folder)
                bars: [{name: bar, channels: white, output: {driver: trace, path: /dev/null}}]
                sensors: [{name: eye, input: simulated}]

                """, to: "\(node).yaml")
        }
        for id in ChaosSite.fleetAgents {
            try place.write(
                """
                site: \(ChaosSite.name)
                id: \(id)
                brokers: [\(broker.address)]
                state: \(folder)
                lease: 3s
                telemetry: {url: http://127.0.0.1:\(links[id]?.port ?? 0), tokenFile: \(folder)/token, outbox: \(folder)/\(id)}

                """, to: "\(id).yaml")
        }
    }

    // MARK: - Processes

    /// Starts those of these that don't run.
    func start(_ names: [String]) throws {
        for name in names where !isRunning(name) {
            let process = try launch(name)
            state.change { $0.running[name] = process }
        }
    }

    /// Starts all that doesn't run, frees disks and joins links.
    func restore() throws {
        for disk in disks.values { disk.makeRoom() }
        for link in links.values { link.join() }
        // Also those that were told to end while they were frozen: they hear of it only now.
        for process in state.change({ Array($0.running.values) + $0.ended.map(\.process) }) { process.signal(SIGCONT) }
        if broker.pid == nil { try broker.restart(wipingMemory: false) }
        try pair.restore()
        try start(ChaosSite.instances + ["balancer"] + ChaosSite.nodes + ChaosSite.fleetAgents)
    }

    /// Ends processes by a signal, or freezes them.
    func signal(_ names: [String], _ number: Int32) throws {
        for name in names {
            if name == "broker" {
                try broker.kill()
                continue
            }
            state.change { state in
                guard let process = state.running[name] else { return }
                process.signal(number)
                guard number != SIGSTOP else { return }
                state.running[name] = nil
                state.ended.append((name, process, number))
            }
        }
    }

    /// Lets a node see motion.
    func move(_ node: String) {
        guard let process = state.change({ $0.running[node] }), process.blocks(SIGUSR1) else { return }
        process.signal(SIGUSR1)
    }

    /// Takes all room that a fleet agent's outbox has.
    func fill(_ id: String) throws { try disks[id]?.fill() }

    /// What ended otherwise than it was ended. An agent that the fleet asked to restart is started again, as systemd does.
    func faults() throws -> [String] {
        let asked = state.change { state in
            var asked: [String] = []
            for (name, process) in state.running {
                guard let ending = process.ending else { continue }
                state.running[name] = nil
                state.ended.append((name, process, 0))
                if ending == .exit(0), process.output.hasSuffix(" asked to restart\n") {
                    asked.append(name)
                } else {
                    state.faults.append("\(name) ended by itself (\(ending)): \(ChaosSite.tail(of: process))")
                }
            }
            for (name, process, number) in state.ended where number == SIGTERM {
                guard let ending = process.ending, ending != .exit(0), ending != .signal(SIGTERM) else { continue }
                let fault = "\(name) was told to end, and ended with \(ending): \(ChaosSite.tail(of: process))"
                if !state.faults.contains(fault) { state.faults.append(fault) }
            }
            return asked
        }
        try start(asked)
        return state.change { $0.faults }
    }

    private func isRunning(_ name: String) -> Bool { state.change { $0.running[name] != nil } }

    private func launch(_ name: String) throws -> ChildProcess {
        if let port = ports[name], name != "balancer" {
            // Whoever had the port may be about to end.
            let before = state.change { $0.ended.last { $0.name == name }?.process }
            try before?.waitForEnd(within: .seconds(90))
            return try ChildProcess(
                "\(programs)/footlight-backend",
                ["serve", "--listen", "127.0.0.1:\(port)", "--store", store, "--drain", "1", "--rate", "100000"])
        }
        if name == "balancer" {
            var environment = ["FOOTLIGHT_BALANCER": "127.0.0.1:\(ports[name] ?? 0)", "PATH": "/usr/bin:/bin"]
            for (index, instance) in ChaosSite.instances.enumerated() {
                environment["FOOTLIGHT_BACKEND_\(index + 1)"] = "127.0.0.1:\(ports[instance] ?? 0)"
            }
            return try ChildProcess(
                "haproxy", ["-db", "-f", "\(place.root)/broker-config/footlight-backend.haproxy.cfg"],
                environment: environment)
        }
        let program = ChaosSite.nodes.contains(name) ? "footlight-agent" : "footlight-fleet"
        return try ChildProcess("\(programs)/\(program)", ["--config", "\(folder)/\(name).yaml"])
    }

    private static func tail(of process: ChildProcess) -> String {
        process.lastLines(6).joined(separator: "\n    ")
    }

    // MARK: - The end

    /// What the database says, rows of columns.
    func ask(_ sql: String) throws -> [[String]] {
        try pair.run(sql, in: ChaosSite.name).split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What `footlight-backend verify` says; nil: all is whole.
    func verify() throws -> String? {
        let verify = try ChildProcess("\(programs)/footlight-backend", ["verify", "--store", store])
        return try verify.waitForEnd(within: .seconds(600)) == .exit(0) ? nil : verify.output
    }

    /// Ends all.
    func end(keepingLogs: Bool) {
        let state = state.change { $0 }
        for process in state.running.values { process.signal(SIGKILL) }
        guard keepingLogs else {
            // What is mounted there goes with its disk.
            _ = try? ChildProcess("/bin/sh", ["-c", "umount \(folder)/fleet-* 2>/dev/null; rm -r \(folder)"])
                .waitForEnd()
            return
        }
        for (name, process) in state.running.map({ ($0, $1) }) + state.ended.map({ ($0.name, $0.process) }) {
            try? place.write(process.output, to: "\(name).\(process.pid).log")
        }
    }
}
