/// The sensors that a trigger wire stands for in each zone of a node that listens to it. No sensor of a node's can have
/// their names.
public enum WireSensor: String, Sendable, CaseIterable {
    /// At no end: light comes on everywhere at once.
    case together = "wire:together"
    /// At the first bar.
    case first = "wire:first"
    /// At the last bar.
    case last = "wire:last"

    /// The zone as somebody sees it who listens to the wire.
    public static func joining(_ zone: Zone) -> Zone {
        var zone = zone
        zone.sensors[together.rawValue] = .first
        zone.sensors[first.rawValue] = .first
        zone.sensors[last.rawValue] = .last
        return zone
    }
}
