internal import Glibc
internal import Platform

/// Finds out what a broker can do, by doing it: below `footlight-check/<random>`, where it leaves nothing behind.
public struct BrokerExamination: Sendable {
    /// How long each message may take.
    private static let patience = Duration.seconds(2)
    /// What is below any broker's limit that carries the mesh, less the topic.
    private static let largePayload = 131_071

    private let configuration: MQTTConfiguration
    private let base: String

    /// An examination that connects as `configuration` says, with the first of its addresses and client ids of its own.
    public init(_ configuration: MQTTConfiguration) {
        self.configuration = configuration
        base = "footlight-check/\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }

    /// Looks at everything.
    /// - Throws: ``MQTTError`` where the broker doesn't take us at all.
    public func run() async throws -> BrokerCapabilities {
        var found = BrokerCapabilities()
        for (ability, version) in [(.version5, .v5), (.version311, .v311)]
            as [(BrokerCapabilities.Ability, MQTTVersion)]
        {
            found.note(ability, await speaks(version))
        }
        let best: MQTTVersion? =
            found[.version5].has == true
            ? .v5 : found[.version311].has == true ? .v311 : configuration.addresses[0].version
        let settings = self.settings("main", best)
        let messages = try await MQTTClient.withClient(settings) { client in
            try await client.connected(within: .seconds(4))
            return await self.exchange(client)
        }
        for (ability, finding) in messages { found.note(ability, finding) }
        for (ability, text) in [(.space, "a b"), (.dot, "a.b")] as [(BrokerCapabilities.Ability, String)] {
            found.note(ability, await subscription("\(base)/\(text)", best))
        }
        let (takeover, will) = await death(best)
        found.note(.takeover, takeover)
        found.note(.will, will)
        return found
    }

    private func settings(_ name: String, _ version: MQTTVersion?) -> MQTTConfiguration {
        var settings = configuration
        let address = configuration.addresses[0]
        settings.addresses = [
            BrokerAddress(host: address.host, port: address.port, isEncrypted: address.isEncrypted, version: version)
        ]
        settings.clientID = "footlight-check-\(base.split(separator: "/").last ?? "")-\(name)"
        return settings
    }

    private func speaks(_ version: MQTTVersion) async -> BrokerCapabilities.Finding {
        if let only = configuration.addresses[0].version, only != version { return .init(nil, "not asked for") }
        do {
            return try await MQTTClient.withClient(settings("v\(version.number)", version)) { client in
                let session = try await client.connected(within: .seconds(4))
                return .init(true, session.maximumPacketBytes.map { "packets up to \($0) bytes" } ?? "")
            }
        } catch {
            return .init(false, "\(error)")
        }
    }

    private func exchange(_ client: MQTTClient) async -> [(BrokerCapabilities.Ability, BrokerCapabilities.Finding)] {
        let (zero, one, kept) = ("\(base)/zero", "\(base)/one", "\(base)/kept")
        var all: [(BrokerCapabilities.Ability, BrokerCapabilities.Finding)] = []
        all.append(
            (.liveQoS0, await arrives(client, on: "\(base)/+", MQTTMessage(topic: zero, text: "0", qos: .atMostOnce))))
        all.append((.liveQoS1, await arrives(client, on: "\(base)/+", MQTTMessage(topic: one, text: "1"))))
        all.append((.acknowledged, await succeeds { try await client.publish(MQTTMessage(topic: one, text: "2")) }))
        let stored = await succeeds { try await client.publish(MQTTMessage(topic: kept, text: "k", retain: true)) }
        all.append((.retainedExact, stored.has == true ? await retained(client, kept) : stored))
        all.append((.retainedWildcard, stored.has == true ? await retained(client, "\(base)/+") : stored))
        let cleared = await succeeds { try await client.publish(MQTTMessage(topic: kept, payload: [], retain: true)) }
        let isLeft = await retained(client, kept, within: .milliseconds(500)).has
        all.append((.retainedForgotten, cleared.has == true ? .init(isLeft.map { !$0 }) : cleared))
        let large = MQTTMessage(
            topic: "\(base)/large", payload: .init(repeating: 0x20, count: BrokerExamination.largePayload))
        all.append((.payload, await arrives(client, on: "\(base)/large", large)))
        return all
    }

    private func arrives(
        _ client: MQTTClient, on filter: String, _ message: MQTTMessage
    ) async -> BrokerCapabilities.Finding {
        await finding {
            try await client.first(
                on: filter, within: BrokerExamination.patience,
                after: { try await client.publish(message, within: BrokerExamination.patience) },
                where: { $0.topic == message.topic && $0.payload == message.payload }) != nil
        }
    }

    private func retained(
        _ client: MQTTClient, _ filter: String, within limit: Duration = BrokerExamination.patience
    ) async -> BrokerCapabilities.Finding {
        await finding { try await client.first(on: filter, within: limit, where: { $0.retained }) != nil }
    }

    private func succeeds(_ body: () async throws -> Void) async -> BrokerCapabilities.Finding {
        await finding {
            try await body()
            return true
        }
    }

    private func finding(_ body: () async throws -> Bool) async -> BrokerCapabilities.Finding {
        do { return .init(try await body()) } catch { return .init(false, "\(error)") }
    }

    /// On a connection of its own: a broker may end it.
    private func subscription(_ filter: String, _ version: MQTTVersion?) async -> BrokerCapabilities.Finding {
        await finding {
            try await MQTTClient.withClient(settings("filter", version)) { client in
                try await client.connected(within: .seconds(4))
                _ = try await client.messages([filter], within: BrokerExamination.patience)
                return true
            }
        }
    }

    /// A client that is taken over and then dies without a farewell.
    private func death(_ version: MQTTVersion?) async -> (
        takeover: BrokerCapabilities.Finding, will: BrokerCapabilities.Finding
    ) {
        let topic = "\(base)/will"
        var mortal = settings("mortal", version)
        mortal.will = { MQTTMessage(topic: topic, text: "\($0)") }
        let victim = mortal
        var takeover = BrokerCapabilities.Finding(nil, "not tried")
        let will = await finding {
            try await MQTTClient.withClient(settings("heir", version)) { client in
                try await client.connected(within: .seconds(4))
                let messages = try await client.messages([topic])
                takeover = await BrokerExamination.die(victim)
                return try await withThrowingTaskGroup(of: Bool.self) { group in
                    group.addTask {
                        for try await _ in messages { return true }
                        return false
                    }
                    group.addTask {
                        try await Task.sleep(for: BrokerExamination.patience)
                        return false
                    }
                    defer { group.cancelAll() }
                    return try await group.next() ?? false
                }
            }
        }
        return (takeover, will)
    }

    private static func die(_ configuration: MQTTConfiguration) async -> BrokerCapabilities.Finding {
        await withCheckedContinuation { continuation in
            let isStarted = DetachedThread.start(stackBytes: 524_288) {
                continuation.resume(returning: BrokerExamination.takeOver(configuration))
            }
            if !isStarted { continuation.resume(returning: .init(nil, "the system has no thread to give")) }
        }
    }

    private static func takeOver(_ configuration: MQTTConfiguration) -> BrokerCapabilities.Finding {
        guard let first = try? MQTTConnection(configuration), let second = try? MQTTConnection(configuration),
            waits(first, { if case .connected = $0 { true } else { false } }),
            waits(second, { if case .connected = $0 { true } else { false } })
        else { return .init(nil, "couldn't connect twice") }
        return .init(waits(first, { if case .disconnected = $0 { true } else { false } }))
    }

    /// Drives a connection until an event, for 3 s at most.
    private static func waits(_ connection: MQTTConnection, _ isIt: (MQTTEvent) -> Bool) -> Bool {
        let deadline = MonotonicClock.now + 3_000_000_000
        while MonotonicClock.now < deadline {
            var entry = pollfd(fd: connection.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
            if connection.wantsWrite { entry.events |= Int16(POLLOUT) }
            poll(&entry, 1, connection.nextTick == .min ? 0 : 50)
            let flags = Int32(entry.revents)
            let events =
                flags == 0
                ? connection.tick(now: MonotonicClock.now)
                : connection.ready(
                    readable: flags & (POLLIN | POLLERR | POLLHUP) != 0, writable: flags & POLLOUT != 0,
                    now: MonotonicClock.now)
            if events.contains(where: isIt) { return true }
        }
        return false
    }
}
