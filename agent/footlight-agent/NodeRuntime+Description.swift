internal import Configuration
internal import Hardware
internal import Lighting
internal import Mesh
internal import NodeFile
internal import Platform

extension NodeRuntime {
    /// What a node is, by its agent's file.
    ///
    /// - Parameters:
    ///   - last: what its bars showed last, where that is kept.
    ///   - handed: what they show, if this agent takes over from another.
    static func description(
        of node: NodeConfiguration, in file: AgentFile, version: String, last: LightMemory?, handed: [String: Light],
        at now: MeshInstant
    ) -> NodeDescription {
        var description = NodeDescription(
            site: file.site, node: node.name,
            bars: node.bars.map { .init(name: $0.name, channels: $0.channels.rawValue) },
            sensors: node.sensors.map {
                .init(
                    name: $0.name, driver: $0.input.driverName, stuckLimit: $0.stuckLimit ?? .seconds(3600),
                    topic: $0.input.topic)
            },
            version: version, bootId: String(UInt64.random(in: .min ... .max), radix: 16), started: now,
            synchronised: RealTimeClock.isSynchronised, priority: file.priority, triggers: file.triggers)
        description.commands = Set(file.commands.keys)
        description.lights = node.lightSensors.map(\.name)
        for bar in node.bars {
            if bar.power.start == .on { description.startLights[bar.name] = .full }
            if bar.power.start == .last { description.startLights[bar.name] = last?.light(of: bar.name) }
            if let light = handed["\(node.name)/\(bar.name)"] { description.startLights[bar.name] = light }
            description.stopLights[bar.name] =
                switch bar.power.stop {
                case .off: nil
                case .last: .last
                case .on: .on
                }
        }
        return description
    }
}
