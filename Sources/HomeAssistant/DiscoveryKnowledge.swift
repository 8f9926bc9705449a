public import Mesh

/// The knowledge that a node has of its site, as far as Home Assistant is to be told.
public struct DiscoveryKnowledge: Sendable {
    /// A zone that the node has a part in.
    public struct Zone: Sendable {
        /// The zone's facts where this node keeps it; nil: another does.
        public var source: DiscoverySource?
        /// The place that the node has among the zone's nodes: in this order they take away what a zone leaves behind.
        public var rank: Int
        /// The revision of its configuration: with another it is told again, also where somebody took it away.
        public var revision: Int64

        /// A zone.
        public init(source: DiscoverySource?, rank: Int, revision: Int64) {
            self.source = source
            self.rank = rank
            self.revision = revision
        }
    }

    /// The settings that say where it is told.
    public var settings: HomeAssistantSettings
    /// The node's own facts; nil: they aren't known yet.
    public var node: DiscoverySource?
    /// The zones that it has a part in, by name.
    public var zones: [String: Zone]
    /// The names of all zones of the site.
    public var listed: Set<String>
    /// The nodes of the site, where this one is its first; nil: another is.
    public var nodes: Set<String>?

    /// Knowledge.
    public init(
        settings: HomeAssistantSettings, node: DiscoverySource?, zones: [String: Zone], listed: Set<String>,
        nodes: Set<String>?
    ) {
        self.settings = settings
        self.node = node
        self.zones = zones
        self.listed = listed
        self.nodes = nodes
    }
}
