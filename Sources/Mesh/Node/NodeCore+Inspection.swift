package import Lighting

/// What tests and the simulator may look at; nothing here changes anything.
extension NodeCore {
    /// What the node knows of a zone that it has a part in.
    package func zone(_ name: String) -> ZoneState? { zones[name]?.state }

    /// The revision of the zone's configuration that the node goes by.
    package func revision(ofZone name: String) -> Int64? { zones[name]?.revision }

    /// Whether the node takes itself for the zone's keeper.
    package func keeps(_ zone: String) -> Bool { isKeeper(of: zone) }

    /// The zones that the node has a part in.
    package var zoneNames: [String] { zones.keys.sorted() }

    /// How many messages the node refused.
    package var refusalCount: Int { refusals.count }
}
