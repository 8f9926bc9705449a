public import Lighting
public import Mesh

/// The facts of which a device is made once it is wanted: a node may keep a thousand zones, and light waits for none of that.
public enum DiscoverySource: Sendable, Hashable {
    case node(NodeDescription, measured: Set<HealthCheck>)
    case zone(String, Zone, nodes: [String], modes: LightModes)

    /// Returns the device.
    public func device(_ topics: DiscoveryTopic) -> DiscoveredDevice {
        switch self {
        case .node(let description, let measured): DiscoveredDevice(node: description, measured: measured, topics)
        case .zone(let name, let zone, let nodes, let modes):
            DiscoveredDevice(zone: name, zone, nodes: nodes, modes: modes, topics)
        }
    }
}
