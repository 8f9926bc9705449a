package import Lighting

/// What others are told of the site who don't speak as the mesh does: Home Assistant.
extension NodeCore {
    /// A zone that the node has a part in.
    package struct KnownZone: Sendable {
        /// Its configuration, with hardware in the stead of places.
        package var zone: Zone
        /// The revision of that.
        package var revision: Int64
        /// The nodes that have a part in it, in the order of their names.
        package var nodes: [String]
        /// The light that its bars can show.
        package var modes: LightModes
        /// Whether the node keeps it, and knows that no other does.
        package var isKept: Bool
    }

    /// The settings by which the site shows itself to Home Assistant; nil: it doesn't, or nothing is known of it.
    package var homeAssistant: HomeAssistantSettings? { site?.homeAssistant }

    /// The zones that the site has.
    package var listedZones: Set<String> { Set(site?.zones ?? []) }

    /// The zones that the node has a part in, by name.
    package var knownZones: [String: KnownZone] {
        let tells = tellsOfZones
        return zones.mapValues { record in
            KnownZone(
                zone: record.state.zone, revision: record.revision, nodes: record.nodes, modes: record.modes,
                isKept: tells && record.keeper == description.node)
        }
    }

    /// The nodes of the site, whether they are there or not, where this one is the first of those that are; nil: another
    /// is.
    package var nodesOfFirst: Set<String>? {
        presence.clockOrder.first == description.node ? Set(presence.all.keys) : nil
    }

    /// Whether it has a connection.
    package var isConnected: Bool { connection != nil }

    /// Whether it tells of the zones that it keeps yet.
    package var isTelling: Bool { tellsOfZones }
}
