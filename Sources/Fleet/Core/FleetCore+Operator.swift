internal import Lighting
internal import Mesh

extension FleetCore {
    /// Does what an operator wants, and answers once it is written: what isn't would be lost with the lead. Only who leads
    /// does.
    mutating func takeCommand(_ payload: [UInt8], at now: MeshInstant) throws(MessageError) {
        guard isActing(at: now) else { return }
        let command: FleetCommand
        do throws(MessageError) {
            guard case .command(let read) = try FleetMessage(.command, payload) else { return }
            command = read
        } catch {
            return try refuse(error, payload)
        }
        guard !recentCommands.contains(command.id) else { return }
        recentCommands = recentCommands.suffix(31) + [command.id]
        let error = perform(command, at: now)
        log(
            .info,
            "operator: \(command.command.rawValue) \(command.node ?? command.zone ?? "")\(error.map { ": \($0)" } ?? "")"
        )
        let result = FleetAction.Publication(
            topic: name(FleetTopic.result),
            payload: JSON.encode(ResultMessage(id: command.id, done: error == nil, error: error)), retain: false, qos: 1
        )
        let zone = command.zone ?? command.node.flatMap { nodes[$0]?.zones.first }
        if error == nil, let zone {
            // The nodes' records go before the group's, which is written below.
            dirtyGroups.remove(zone)
            publishRecords(at: now)
            publish([result], onceWritten: zone, for: "command \(command.id)", at: now)
        } else {
            actions.append(.publish(result))
        }
        reconsider(at: now)
    }

    /// Answers an operator who asks for what can't be read, in words of a later contract perhaps.
    private mutating func refuse(_ error: MessageError, _ payload: [UInt8]) throws(MessageError) {
        guard let id = ((try? JSON.scalar(at: JSONPath("id"), in: payload)) ?? nil)?.description,
            (try? checkID(id)) != nil, !recentCommands.contains(id)
        else { throw error }
        recentCommands = recentCommands.suffix(31) + [id]
        let error = error.written(by: JSON.contract(in: payload))
        log(.warning, "operator: \(error)")
        let result = ResultMessage(id: id, done: false, error: error.description)
        publish(name(FleetTopic.result), JSON.encode(result), retain: false)
    }

    /// - Returns: why not.
    private mutating func perform(_ command: FleetCommand, at now: MeshInstant) -> String? {
        switch command.command {
        case .enterStandby, .exitStandby, .setHealth:
            guard let node = command.node, nodes[node]?.zones.isEmpty == false || nodes[node]?.message.isSpare == true
            else { return "no node of that name in any group; name one as node" }
            return perform(command, on: node, at: now)
        default:
            guard let zone = command.zone, groups[zone] != nil else {
                return
                    "no zone of that name; name one as zone: \(groups.keys.sorted().prefix(20).joined(separator: ", "))"
            }
            return perform(command, in: zone, at: now)
        }
    }

    private mutating func perform(_ command: FleetCommand, on node: String, at now: MeshInstant) -> String? {
        let state = nodes[node]?.message.lifecycleState ?? .pending
        defer { changed(node) }
        switch command.command {
        case .enterStandby:
            guard state == .inService || state == .pending else { return "\(node) is \(state.rawValue)" }
            nodes[node]?.message.lifecycleState = .enteringStandby
            if openActivity(of: node) == nil { enterStandby(node, at: now) }
        case .exitStandby:
            guard state == .standby || state == .enteringStandby else { return "\(node) is \(state.rawValue)" }
            nodes[node]?.expect(at: now)
        default:
            switch command.health {
            case .healthy:
                nodes[node]?.setStatus(.healthy, cause: "", at: now, byOperator: true)
                unhealthy.remove(node)
            case .unhealthy:
                let since = MeshInstant(nanoseconds: nodes[node]?.message.inServiceSince ?? 0)
                let grace = since + policy.health.healthCheckGracePeriod
                if command.shouldRespectGracePeriod ?? true, now < grace {
                    return "\(node) is within its grace period; shouldRespectGracePeriod: false overrules that"
                }
                nodes[node]?.setStatus(.unhealthy, cause: "an operator said so", at: now, byOperator: true)
                unhealthy.insert(node)
            case .unobservable, nil: return "health is neither Healthy nor Unhealthy"
            }
        }
        return nil
    }

    private mutating func perform(_ command: FleetCommand, in zone: String, at now: MeshInstant) -> String? {
        dirtyGroups.insert(zone)
        let processes = Set(command.processes ?? SuspendableProcess.allCases)
        let suspended = Set(groups[zone]?.message.suspendedProcesses ?? [])
        let refresh = groups[zone]?.message.refresh
        switch command.command {
        case .suspend: groups[zone]?.message.suspendedProcesses = suspended.union(processes).sorted()
        case .resume:
            groups[zone]?.message.suspendedProcesses = suspended.subtracting(processes).sorted()
            scheduleDue = now
        case .startRefresh:
            guard let version = command.version, (1...64).contains(version.utf8.count) else {
                return "version is missing, or not 1 to 64 bytes long"
            }
            let preferences = command.preferences ?? RefreshMessage.Preferences()
            if let fault = preferences.fault { return fault }
            let error = startRefresh(of: zone, to: version, preferences, at: now)
            guard error == nil, let length = longestRecord(of: zone), length > FleetCore.longestMessage else {
                return error
            }
            groups[zone]?.message.refresh = refresh
            return "the record of \(zone) could become \(length) bytes long, and the broker takes "
                + "\(FleetCore.longestMessage); split the zone, or shorten its nodes' names"
        case .cancelRefresh:
            guard let refresh, refresh.isOpen else { return "no refresh of \(zone) goes on" }
            groups[zone]?.message.refresh?.status = .cancelling
            groups[zone]?.message.refresh?.reason = "an operator cancelled it"
        case .rollbackRefresh:
            guard let refresh, refresh.status != .rollbackInProgress else { return "nothing to roll back in \(zone)" }
            rollBack(zone, "an operator said so", at: now)
        case .sleep, .wake:
            groups[zone]?.message.manualSleep = command.command == .sleep
            groups[zone]?.message.manualSleepAt = now.nanoseconds
            scheduleDue = now
        case .enterStandby, .exitStandby, .setHealth: break
        }
        return nil
    }

    /// How many bytes a group's record has at most until its refresh has ended: all its nodes named as updated, and as many
    /// activities as there may be.
    private func longestRecord(of zone: String) -> Int? {
        guard var message = groups[zone]?.message, let refresh = message.refresh else { return nil }
        let members = refresh.previous.keys.sorted()
        let atATime = members.count * (100 - refresh.preferences.minHealthyPercentage) / 100
        message.activities = []
        message.refresh?.updated = members
        message.refresh?.touched = members
        message.refresh?.setAside = Dictionary(members.map { ($0, "") }) { first, _ in first }
        return JSON.encode(message).count + (GroupMessage.historyLimit + max(1, atATime)) * FleetCore.longestActivity
    }

    /// Out of service, once nothing is being done to it.
    mutating func enterStandby(_ node: String, at now: MeshInstant) {
        guard openActivity(of: node) == nil else { return }
        nodes[node]?.message.lifecycleState = .standby
        nodes[node]?.round = nil
        nodes[node]?.setStatus(.unobservable, cause: "in standby", at: now)
        unhealthy.remove(node)
        changed(node)
    }
}
