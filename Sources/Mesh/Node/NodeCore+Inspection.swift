package import Lighting

/// What tests and the simulator may look at; nothing here changes anything.
extension NodeCore {
    /// What the node knows of a zone that it has a part in.
    package func zone(_ name: String) -> ZoneState? { zones[name]?.state }

    /// The revision of the zone's configuration that the node goes by.
    package func revision(ofZone name: String) -> Int64? { zones[name]?.revision }

    /// When the manual command over a zone was given that the node goes by, nanoseconds of mesh time; 0: none was.
    package func commandIssued(inZone name: String) -> Int64? { zones[name]?.override.issued }

    /// The revision of the site's list of zones that the node goes by.
    package var siteRevision: Int64? { site?.revision }

    /// What the node knows of the places that a node's hardware fills.
    package func places(of node: String) -> PlacesMessage? { places[node] }

    /// Whether the node takes itself for the zone's keeper.
    package func keeps(_ zone: String) -> Bool { isKeeper(of: zone) }

    /// The zones that the node has a part in.
    package var zoneNames: [String] { zones.keys.sorted() }

    /// How many messages the node refused.
    package var refusalCount: Int { refusals.count }
}
