internal import Configuration
internal import Glibc
internal import Hardware
internal import MQTT
internal import NodeFile

extension Checkup {
    /// How many messages go to the broker and back.
    private static let trips = 20
    /// A message that takes longer on its way there and back waited for an acknowledgement that was delayed.
    ///
    /// - Source: Linux delays TCP acknowledgements by 40 ms, less where it has learnt to; with TCP_NODELAY on both
    ///   sides, none of ours took over 10 ms.
    private static let slow = Duration.milliseconds(10)

    /// Each broker: does it answer, does it take us, and how quickly?
    func brokers() async -> [Finding] {
        guard file.network != .off else { return [.fine("network", "is off, and not asked for")] }
        var findings: [Finding] = []
        for address in file.brokers { findings += await broker(address) }
        return findings
    }

    private func broker(_ address: BrokerAddress) async -> [Finding] {
        let check = "broker \(address)"
        let node = file.nodes[0].name
        do {
            return try await MQTTClient.withClient(configuration(for: [address])) { client in
                let session = try await client.connected(within: .seconds(4))
                var findings = [Finding.fine(check, "takes us, and speaks \(session.version)")]
                do {
                    // Below the node's own name, where its broker lets it write.
                    let times = try await trips(client, topic: "footlight/\(file.site)/node/\(node)/doctor")
                    findings.append(Checkup.delay(times, check: check))
                } catch {
                    findings.append(
                        .warning(
                            check, "takes us, and gives nothing back: \(error)",
                            remedy:
                                "Let node \(node) read and write footlight/\(file.site)/node/\(node)/# in its access list"
                        ))
                }
                return findings
            }
        } catch let error as MQTTError {
            return [Checkup.refusal(error, check: check)]
        } catch {
            return [.fault(check, "\(error)", remedy: "Correct the agent's file")]
        }
    }

    /// A connection to brokers as the agent has it.
    func configuration(for addresses: [BrokerAddress]) -> MQTTConfiguration {
        var configuration = MQTTConfiguration(
            addresses: addresses, clientID: "footlight-doctor-\(String(UInt64.random(in: .min ... .max), radix: 16))")
        configuration.connectTimeout = .seconds(3)
        configuration.username = file.username
        configuration.password = file.passwordFile.flatMap { board.text($0) }.map { text in
            String(text.prefix { $0 != "\n" && $0 != "\r\n" })
        }
        configuration.tls = TLSOptions(
            authorityFile: file.tls?.ca.map { board.root + $0 },
            certificateFile: file.tls?.certificate.map { board.root + $0 },
            keyFile: file.tls?.key.map { board.root + $0 })
        return configuration
    }

    /// How long messages take to the broker and back.
    private func trips(_ client: MQTTClient, topic: String) async throws -> [Duration] {
        let messages = try await client.messages([topic], within: .seconds(3))
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            group.addTask {
                var times: [Duration] = []
                var incoming = messages.makeAsyncIterator()
                for trip in 0..<Checkup.trips {
                    let start = ContinuousClock.now
                    // Two at once: the second is what waits, where the first isn't acknowledged.
                    for half in ["a", "b"] {
                        try await client.publish(
                            MQTTMessage(topic: topic, payload: Array("\(trip)\(half)".utf8), qos: .atMostOnce))
                    }
                    while let message = try await incoming.next() {
                        if message.payload == Array("\(trip)b".utf8) { break }
                    }
                    times.append(ContinuousClock.now - start)
                }
                return times
            }
            group.addTask {
                try await Task.sleep(for: .seconds(5))
                throw MQTTError(.timedOut, "no message came back within 5 s")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    /// What the times of messages there and back mean.
    static func delay(_ times: [Duration], check: String) -> Finding {
        let sorted = times.sorted()
        guard let quickest = sorted.first, !sorted.isEmpty else {
            return .warning(check, "no message came back", remedy: "Look into the broker's log")
        }
        let median = sorted[sorted.count / 2]
        let text = "messages are there and back in \(milliseconds(median)) ms at the median"
        let late = sorted.count { $0 - quickest > slow }
        guard late * 4 > sorted.count else { return .fine(check, text) }
        return .warning(
            check, "\(late) of \(sorted.count) messages were there and back more than 10 ms later than the quickest",
            remedy: "Write \"set_tcp_nodelay true\" into mosquitto.conf; on Wi-Fi, turn power saving off")
    }

    private static func milliseconds(_ time: Duration) -> String {
        let tenths = time.components.seconds * 10_000 + time.components.attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// What the client says is a sentence with its remedy behind a semicolon.
    static func refusal(_ error: MQTTError, check: String) -> Finding {
        let parts = error.description.split(separator: "; ", maxSplits: 1).map(String.init)
        let remedy =
            switch error.code {
            case .refused: "Correct username and passwordFile in the agent's file, or the broker's list of users"
            case .tls:
                "Compare tls in the agent's file with the broker's certificate: its name, its authority, its dates"
            case .unresolved: "Write the broker's number in place of its name, or mend the name service"
            default: "Is it running there, and does a firewall let us through?"
            }
        return .fault(check, parts.first ?? error.description, remedy: remedy)
    }
}
