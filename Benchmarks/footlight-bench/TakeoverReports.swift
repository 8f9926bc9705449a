internal import MQTT
internal import Mesh
internal import Platform
internal import Processes

/// What the nodes of a ``TakeoverSite`` publish meanwhile.
final class TakeoverReports: Sendable {
    /// A node's error bound, as its health report had it.
    struct Bound: Sendable {
        let node: String
        /// When it came, nanoseconds of the monotonic clock.
        let instant: Int64
        let nanoseconds: Double
    }

    private struct State: Sendable {
        var bounds: [Bound] = []
        /// Bar (`stair-01/bar-3`) → activations → actual less planned instant of first light, nanoseconds.
        var lateness: [String: [Int64: Int64]] = [:]
        /// Zone → activations, in order.
        var activations: [String: [Int64]] = [:]
    }

    private let state = Monitor(State())

    /// Takes up whatever comes, until it is cancelled.
    func gather(_ messages: MQTTMessages) async throws {
        for try await message in messages {
            let now = MonotonicClock.now
            switch Topic(name: message.topic, site: TakeoverSite.name) {
            case .health(let node):
                guard let health = try? JSON.decode(HealthMessage.self, from: message.payload),
                    let check = health.checks.first(where: { $0.check == "clock error bound" })
                else { continue }
                state.change { $0.bounds.append(Bound(node: node, instant: now, nanoseconds: check.value * 1e6)) }
            case .bar(let node, let bar):
                guard let report = try? JSON.decode(BarMessage.self, from: message.payload), !message.retained,
                    let light = report.firstLight
                else { continue }
                state.change {
                    $0.lateness["\(node)/\(bar)", default: [:]][light.activation] = light.actual &- light.planned
                }
            case .sensor:
                guard let register = try? JSON.decode(SensorMessage.self, from: message.payload), !message.retained
                else { continue }
                state.change {
                    for (zone, part) in register.zones where $0.activations[zone]?.last != part.start {
                        $0.activations[zone, default: []].append(part.start)
                    }
                }
            default: break
            }
        }
    }

    /// The error bound that a node last published before an instant in its life since `start`, nanoseconds.
    func bound(of node: String, since start: Int64, before instant: Int64) -> Double? {
        state.change { $0.bounds.last { $0.node == node && (start...instant).contains($0.instant) }?.nanoseconds }
    }

    /// The start of a zone's activation of this index, nanoseconds of mesh time.
    func start(ofActivation index: Int, of zone: String) -> Int64? {
        state.change { state in
            guard let all = state.activations[zone], all.indices.contains(index) else { return nil }
            return all[index]
        }
    }

    /// How late a bar was by its own clock, nanoseconds.
    func lateness(of bar: String, activation: Int64) -> Int64? { state.change { $0.lateness[bar]?[activation] } }
}
