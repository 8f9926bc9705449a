internal import Glibc
internal import MQTT
internal import Platform
internal import Processes
internal import Storm

/// The processes of the site, and what they leave: traces, and how they ended.
final class StormSite: Sendable {
    private struct Life {
        let process: ChildProcess
        /// Whether the storm ended it, by which signal.
        var ended: Int32?
        var isFrozen = false
        /// Whether it was told to end before it had come so far as to hear it.
        var endedEarly = false
        /// When it was started, nanoseconds since 1970.
        let started: Int64
    }

    private struct State {
        var lives: [String: [Life]] = [:]
        var traces: [String: BarTrace] = [:]
        var offsets: [String: Int] = [:]
    }

    let broker: LocalBroker
    private let place: Workplace
    private let state = Monitor(State())

    /// Starts the broker and all processes.
    init(seed: UInt64) throws {
        place = try Workplace("footlight-storm-\(seed)")
        broker = try LocalBroker(configuration: place.root + "/broker-config/footlight-local.conf")
        let address = "\(broker.address)"
        try place.write(StormPlan.siteFile, to: "site.yaml")
        for node in StormPlan.nodes {
            try place.write(StormPlan.agentFile(of: node, broker: address, folder: place.folder), to: node + ".yaml")
        }
        for id in StormPlan.fleetAgents {
            try place.write(StormPlan.fleetFile(of: id, broker: address, folder: place.folder), to: id + ".yaml")
        }
        for name in StormPlan.nodes + StormPlan.fleetAgents { try start(name) }
    }

    var folder: String { place.folder }

    /// Publishes the site file, as an operator does.
    func apply() throws {
        let command = try ChildProcess(
            place.programs + "/footlight", ["apply", folder + "/site.yaml"],
            environment: ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": StormPlan.site])
        guard case .exit(0) = try command.waitForEnd(within: .seconds(60)) else {
            throw ProcessFailure("footlight apply failed:\n\(command.output)")
        }
    }

    // MARK: - Processes

    /// Starts an agent, a fleet agent, or the broker, unless it runs. Returns what is wrong with how it had ended.
    @discardableResult
    func start(_ name: String) throws -> String? {
        if name == "broker" {
            if broker.pid == nil { try broker.restart(wipingMemory: false) }
            return nil
        }
        if isRunning(name) { return nil }
        var fault: String?
        if let last = state.change({ $0.lives[name]?.last }) {
            do {
                let ending = try last.process.waitForEnd(within: .seconds(15))
                if last.ended == SIGTERM, ending != .exit(0), !(last.endedEarly && ending == .signal(SIGTERM)) {
                    fault =
                        "\(name) ended with \(ending) when it was told to end in good order: \(tail(of: last.process))"
                }
            } catch {
                fault = "\(name) didn't end within 15 s of SIGTERM: \(tail(of: last.process))"
                last.process.signal(SIGKILL)
                try last.process.waitForEnd()
            }
        }
        readTrace(of: name)
        let isNode = StormPlan.nodes.contains(name)
        let (instant, started) = (MonotonicClock.now, RealTimeClock.now)
        state.change { if isNode { $0.traces[name, default: BarTrace()].beginLife(at: instant) } }
        let process = try ChildProcess(
            place.programs + (isNode ? "/footlight-agent" : "/footlight-fleet"), ["--config", "\(folder)/\(name).yaml"])
        state.change { $0.lives[name, default: []].append(Life(process: process, started: started)) }
        return fault
    }

    /// Sends a process a signal, and remembers that it was the storm's.
    func signal(_ name: String, _ number: Int32) throws {
        if name == "broker" {
            switch number {
            case SIGKILL: try broker.kill()
            case SIGTERM: try broker.stop()
            default: broker.signal(number)
            }
            return
        }
        let isEarly = number == SIGTERM && !blocks(name, SIGTERM)
        state.change { state in
            guard let last = state.lives[name]?.indices.last else { return }
            state.lives[name]?[last].endedEarly = isEarly
            state.lives[name]?[last].isFrozen = number == SIGSTOP
            if [SIGKILL, SIGTERM].contains(number) { state.lives[name]?[last].ended = number }
            state.lives[name]?[last].process.signal(number)
        }
    }

    /// Whether it was neither killed nor told to end.
    func isRunning(_ name: String) -> Bool {
        if name == "broker" { return broker.pid != nil }
        return state.change { $0.lives[name]?.last.map { $0.ended == nil } ?? false }
    }

    /// Whether it has come so far that SIGUSR1, which stands for an edge at a pin, is motion and not its end.
    func isWatching(_ name: String) -> Bool { isRunning(name) && blocks(name, SIGUSR1) }

    private func blocks(_ name: String, _ number: Int32) -> Bool {
        state.change { $0.lives[name]?.last?.process }?.blocks(number) ?? false
    }

    /// When its present life began, nanoseconds since 1970.
    func started(_ name: String) -> Int64 { state.change { $0.lives[name]?.last?.started ?? .max } }

    /// Does what systemd does: who was asked to restart by the fleet agent has ended with 0, and is started again.
    func supervise() throws {
        for name in StormPlan.nodes where isRunning(name) {
            guard let process = state.change({ $0.lives[name]?.last?.process }), process.ending == .exit(0),
                process.output.contains(" asked to restart\n")
            else { continue }
            state.change { state in
                let last = (state.lives[name]?.count ?? 1) - 1
                state.lives[name]?[last].ended = SIGTERM
            }
            try start(name)
        }
    }

    /// Processes that ended though nobody ended them, each once.
    func crashes() -> [String] {
        let crashed = state.change { state -> [(String, ChildProcess, ChildProcess.Ending)] in
            var crashed: [(String, ChildProcess, ChildProcess.Ending)] = []
            for (name, lives) in state.lives {
                guard let last = lives.last, last.ended == nil, let ending = last.process.ending else { continue }
                state.lives[name]?[lives.count - 1].ended = SIGKILL
                crashed.append((name, last.process, ending))
            }
            return crashed
        }
        return crashed.map { "\($0.0) ended by itself (\($0.2)): \(tail(of: $0.1))" }
    }

    private func tail(of process: ChildProcess) -> String {
        process.lastLines(8).joined(separator: "\n        ")
    }

    // MARK: - Traces

    /// What a node's bar has shown so far.
    func trace(of node: String) -> BarTrace {
        readTrace(of: node)
        return state.change { $0.traces[node] ?? BarTrace() }
    }

    private func readTrace(of node: String) {
        guard let file = fopen("\(folder)/\(node).jsonl", "r") else { return }
        defer { fclose(file) }
        state.change { state in
            fseek(file, state.offsets[node, default: 0], SEEK_SET)
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
                state.offsets[node, default: 0] += count
                state.traces[node, default: BarTrace()].read(Array(buffer[..<count]))
            }
        }
    }

    // MARK: - The end

    /// Ends all that runs.
    func end() {
        state.change { for life in $0.lives.values.joined() { life.process.signal(SIGKILL) } }
    }

    /// Writes what each life of each process said into the folder.
    func saveLogs() {
        let lives = state.change { $0.lives.mapValues { $0.map { $0.process } } }
        for (name, lives) in lives {
            for (index, process) in lives.enumerated() {
                try? place.write(process.output, to: "\(name).\(index + 1).log")
            }
        }
        try? place.write(broker.log, to: "broker.log")
    }

    /// Removes the folder.
    func removeLogs() { _ = try? ChildProcess("/bin/rm", ["-r", folder]).waitForEnd() }
}
