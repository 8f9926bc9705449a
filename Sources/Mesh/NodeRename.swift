internal import Lighting

/// A node's other name, in what names its places.
public struct NodeRename: Sendable, Hashable {
    /// The name that it has had so far.
    public let old: String
    /// The name that it has from now on.
    public let new: String

    /// Another name for a node.
    public init(from old: String, to new: String) {
        self.old = old
        self.new = new
    }

    /// The place, `node/bar` or `node`, by its new name; another node's as it is.
    public func place(_ place: String) -> String {
        guard let (node, part) = Name.place(place), node == old else { return place }
        return part.map { "\(new)/\($0)" } ?? new
    }

    /// The zone's configuration with the node's new name.
    ///
    /// - Parameter revision: of the message that is returned.
    /// - Returns: nil where the zone doesn't name the node.
    public func zone(_ message: ZoneMessage, revision: Int64?) -> ZoneMessage? {
        var renamed = message
        renamed.zone.bars = message.zone.bars.map(place)
        renamed.zone.sensors = Dictionary(
            message.zone.sensors.map { sensor, position in
                guard case .bar(let bar) = position else { return (place(sensor), position) }
                return (place(sensor), .bar(place(bar)))
            }, uniquingKeysWith: { first, _ in first })
        if let limit = message.zone.onlyWhenDark { renamed.zone.onlyWhenDark?.sensor = place(limit.sensor) }
        guard renamed != message else { return nil }
        renamed.revision = revision
        renamed.contract = max(message.contract ?? 1, Version.contract)
        return renamed
    }

    /// The commands in force with the node's new name: those for its bars go on.
    ///
    /// - Returns: nil where none is for a bar of the node's.
    public func override(_ message: OverrideMessage) -> OverrideMessage? {
        var renamed = message
        renamed.bars = Dictionary(
            message.bars.map { (place($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        if let bar = message.flash?.bar { renamed.flash?.bar = place(bar) }
        guard renamed != message else { return nil }
        renamed.issued += 1
        return renamed
    }
}
