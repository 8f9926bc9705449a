public import Lighting

/// The ways in which a light can be another than brighter or darker.
public struct LightModes: Sendable, Hashable {
    /// True if its white can be warmer or colder.
    public var temperature: Bool
    /// True if it can have any colour.
    public var colour: Bool

    /// All that there is: what is asked for is shown as well as the bars can.
    public static let all = LightModes(temperature: true, colour: true)

    /// Modes.
    public init(temperature: Bool, colour: Bool) {
        self.temperature = temperature
        self.colour = colour
    }

    /// The modes of a bar of these channels.
    public init(_ channels: ChannelSet) {
        switch channels {
        case .white: self.init(temperature: false, colour: false)
        case .warmCold: self.init(temperature: true, colour: false)
        case .rgb, .rgbw, .rgbCCT: self = .all
        }
    }

    /// Returns the modes of two lights together.
    public func union(_ other: LightModes) -> LightModes {
        LightModes(temperature: temperature || other.temperature, colour: colour || other.colour)
    }
}

/// The modes of the bars of all nodes, as their statuses tell: a byte or two for each node, where all of its bars are alike.
struct BarModes: Sendable {
    private enum Bars: Sendable, Hashable {
        case alike(LightModes)
        case each([String: LightModes])
    }

    private var nodes: [String: Bars] = [:]

    /// Takes up what a node says of its bars; nil: it is gone for good.
    ///
    /// - Returns: whether that changes anything.
    mutating func update(_ bars: [NodeStatus.Bar]?, of node: String) -> Bool {
        let known = nodes[node]
        let modes = (bars ?? []).map { ($0.name, ChannelSet(rawValue: $0.channels).map(LightModes.init) ?? .all) }
        if modes.isEmpty {
            nodes[node] = nil
        } else if known == nil, nodes.count >= Presence.maximumNodes {
            return false
        } else if Set(modes.map(\.1)).count == 1 {
            nodes[node] = .alike(modes[0].1)
        } else {
            nodes[node] = .each(Dictionary(modes) { first, _ in first })
        }
        return nodes[node] != known
    }

    /// Returns what bars, `node/bar` or `node` each, can do together; those of which nothing is known count for nothing, and
    /// where nothing is known of any it may be all.
    func together(_ bars: [String]) -> LightModes {
        var sum: LightModes?
        for bar in bars {
            guard let (node, name) = Name.place(bar), let known = nodes[node] else { continue }
            let modes: LightModes? =
                switch known {
                case .alike(let modes): modes
                case .each(let all): name.flatMap { all[$0] }
                }
            guard let modes else { continue }
            sum = sum?.union(modes) ?? modes
            if sum == .all { break }
        }
        return sum ?? .all
    }
}
