public import Lighting

/// The hardware that fills each place: a zone's configuration names places, and a place is filled by the hardware of
/// its name, or by what was given it, a spare say.
public struct Places: Sendable {
    private var messages: [String: PlacesMessage] = [:]
    /// The nodes of which more was said than that they sleep.
    private var moved: Set<String> = []
    /// By node: those of which something was said that gives them a place of that node's.
    private var claimants: [String: Set<String>] = [:]

    /// Everything in the place of its name.
    public init() {}

    /// The message that holds for a node; nil: nothing is said of it.
    public subscript(node: String) -> PlacesMessage? { messages[node] }

    /// The nodes of which something was said.
    public var nodes: [String] { messages.keys.sorted() }

    /// Takes up what is said of a node; nil: its hardware is in the places of its names.
    ///
    /// - Returns: whether that changes anything.
    @discardableResult
    public mutating func update(_ message: PlacesMessage?, of node: String) -> Bool {
        guard messages[node] != message else { return false }
        guard messages[node] != nil || messages.count < Presence.maximumNodes else { return false }
        for place in messages[node]?.placeNodes ?? [] {
            claimants[place]?.remove(node)
            if claimants[place]?.isEmpty == true { claimants[place] = nil }
        }
        for place in message?.placeNodes ?? [] { claimants[place, default: []].insert(node) }
        messages[node] = message
        if message?.bars?.isEmpty ?? true, message?.sensors?.isEmpty ?? true {
            moved.remove(node)
        } else {
            moved.insert(node)
        }
        return true
    }

    /// The bar that fills a place, `node/bar` or `node`; where none does the place with ` (vacant)` behind it.
    public func bar(in place: String) -> String { holder(of: place, among: \.bars) }

    /// The sensor that fills a place, `node/sensor`; where none does the place with ` (vacant)` behind it.
    public func sensor(in place: String) -> String { holder(of: place, among: \.sensors) }

    /// The zone with hardware in the stead of places.
    ///
    /// A place whose bar or sensor was given another, and that nobody was given, is `node/bar (vacant)`.
    public func filled(_ zone: Zone) -> Zone {
        guard !moved.isEmpty else { return zone }
        var zone = zone
        let bars = Dictionary(zone.bars.map { ($0, bar(in: $0)) }) { first, _ in first }
        zone.bars = zone.bars.map { bars[$0] ?? $0 }
        var sensors: [String: SensorPosition] = [:]
        for (place, position) in zone.sensors {
            var position = position
            if case .bar(let bar) = position { position = .bar(bars[bar] ?? bar) }
            sensors[sensor(in: place)] = position
        }
        zone.sensors = sensors
        return zone
    }

    private func holder(of place: String, among part: KeyPath<PlacesMessage, [String: String]?>) -> String {
        var latest: (revision: Int64, name: String)?
        // Two names are of one place only if they are of one node.
        guard let (owner, name) = Name.place(place) else { return place }
        for node in claimants[owner] ?? [] {
            guard let message = messages[node] else { continue }
            for (name, filled) in message[keyPath: part] ?? [:] where Places.isSame(filled, place) {
                let candidate = (revision: message.revision, name: "\(node)/\(name)")
                guard latest.map({ ($0.revision, $0.name) < (candidate.revision, candidate.name) }) ?? true else {
                    continue
                }
                latest = candidate
            }
        }
        if let latest { return latest.name }
        guard let own = messages[owner]?[keyPath: part] else { return place }
        // A node alone is that node's only bar.
        let isGivenAway = name.map { own[$0] != nil } ?? !own.isEmpty
        return isGivenAway ? place + " (vacant)" : place
    }

    /// Returns whether two names are of one place: `node` is that node's only bar, whatever its name.
    public static func isSame(_ one: String, _ other: String) -> Bool {
        one == other || other.hasPrefix(one + "/") && !one.isEmpty && !one.contains("/")
            || one.hasPrefix(other + "/") && !other.contains("/")
    }
}
