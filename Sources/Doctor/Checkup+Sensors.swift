internal import Documents
internal import Hardware
internal import MQTT
internal import Mesh
internal import NodeFile

extension Checkup {
    /// How long sensors are listened to: those that repeat what they say do so within a few seconds.
    static let listening = Duration.seconds(3)

    /// The sensors that speak on topics: is anything heard of them, and can it be understood?
    func sensors(listening: Duration = Checkup.listening) async -> [Finding] {
        let wanted = file.nodes.flatMap { node in
            node.sensors.compactMap { sensor -> Wanted? in
                guard let topic = sensor.input.topic else { return nil }
                return Wanted(check: "sensor \(sensor.name)", node: node.name, name: sensor.name, topic: topic)
            }
                + node.lightSensors.compactMap { sensor -> Wanted? in
                    guard case .mqtt(let topic, _, _) = sensor.input else { return nil }
                    return Wanted(
                        check: "light sensor \(sensor.name)", node: node.name, name: sensor.name, topic: topic,
                        isLight: true)
                }
        }
        guard file.network != .off, !wanted.isEmpty else { return [] }
        do {
            let heard = try await hear(for: listening)
            return wanted.map { $0.finding(heard[$0.node]?[$0.key], after: listening) }
        } catch {
            // What is the matter with the broker has been said.
            return []
        }
    }

    /// A sensor that should be heard.
    private struct Wanted {
        var check: String
        var node: String
        var name: String
        var topic: String
        var isLight = false

        /// Sensors of motion and of light may have one name.
        var key: String { (isLight ? "light " : "") + name }

        func finding(_ heard: Heard?, after time: Duration) -> Finding {
            if let trouble = heard?.trouble {
                return .fault(
                    check, trouble,
                    remedy: "footlight sensor learn \(topic) proposes what to write into the agent's file")
            }
            if let said = heard?.said { return .fine(check, "\(topic) says \(said)") }
            return .warning(
                check, "no message on \(topic) within \(time.text)",
                remedy:
                    "Walk past it while footlight sensor learn \(topic) listens; if nothing comes, correct topic in the "
                    + "agent's file")
        }
    }

    private struct Heard {
        var said: String?
        var trouble: String?
    }

    /// What comes within `time`, by node and sensor.
    private func hear(for time: Duration) async throws -> [String: [String: Heard]] {
        var sensors = file.nodes.map { (name: $0.name, topics: TopicSensors($0)) }
        let topics = Set(sensors.flatMap(\.topics.topics)).sorted()
        return try await MQTTClient.withClient(configuration(for: file.brokers)) { client in
            _ = try await client.connected(within: .seconds(4))
            let messages = try await client.messages(topics)
            let all = await Checkup.gather(messages, for: time)
            var heard: [String: [String: Heard]] = [:]
            for message in all {
                for index in sensors.indices {
                    let events = sensors[index].topics.take(
                        topic: message.topic, payload: message.payload, retained: message.retained, at: 0)
                    for event in events {
                        switch event {
                        case .heard(let sensor, let hearing):
                            heard[sensors[index].name, default: [:]][sensor, default: Heard()].trouble = hearing.trouble
                            if let said = hearing.said { heard[sensors[index].name]?[sensor]?.said = said }
                        case .light(let light, let lux, let fault):
                            heard[sensors[index].name, default: [:]]["light \(light)"] = Heard(
                                said: lux.map { "\($0) lx" }, trouble: fault)
                        default: break
                        }
                    }
                }
            }
            return heard
        }
    }

    private static func gather(_ messages: MQTTMessages, for time: Duration) async -> [ReceivedMessage] {
        let store = Store()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { for try await message in messages { await store.add(message) } } catch {}
            }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
        return await store.messages
    }

    private actor Store {
        private(set) var messages: [ReceivedMessage] = []
        func add(_ message: ReceivedMessage) { if messages.count < 1000 { messages.append(message) } }
    }
}
