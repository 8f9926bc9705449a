internal import Fleet
internal import Lighting
internal import Mesh

/// What is to be cleared for a node that is gone for good, and what goes on naming it.
struct ForgetPlan: Sendable {
    /// A zone that names the node, and which of its places.
    struct ZonePlaces: Sendable, Hashable, Encodable {
        var zone: String
        var places: [String]
    }

    /// What stands in for a place of the node's.
    struct StandIn: Sendable, Hashable, Encodable {
        var place: String
        /// `spare-01/bar`
        var filledBy: String
    }

    let node: String
    /// The names of the topics that are the node's own, in the order in which they are cleared.
    let topics: [String]
    /// Who names it: these places are kept.
    let zones: [ZonePlaces]
    /// Who fills some of them.
    let standIns: [StandIn]
    /// The places of others that it fills, which are theirs again.
    let givenBack: [String]

    /// - Parameters:
    ///   - elsewhere: another broker at which the node is.
    ///   - force: whether a node that is said to be there is forgotten all the same.
    /// - Throws: ``Failure``: the node is there, or nothing is known of it.
    init(_ node: String, on snapshot: SiteSnapshot, elsewhere: String? = nil, force: Bool) throws {
        guard Name.isValid(node) else {
            throw Failure(.usage, "\"\(node)\" is no name of a node: names are \(Name.rule)")
        }
        self.node = node
        topics = ForgetPlan.topics(of: node, in: snapshot)
        zones = ForgetPlan.zones(naming: node, in: snapshot)
        standIns = ForgetPlan.standIns(for: node, in: snapshot)
        let own = snapshot.places[node]
        givenBack = [own?.bars, own?.sensors].compactMap { $0 }.flatMap(\.values)
            .filter { Name.place($0).map { $0.node != node } ?? false }.sorted()
        guard !topics.isEmpty || !zones.isEmpty else {
            throw ForgetPlan.unknown(node, in: snapshot)
        }
        guard !force else { return }
        if let elsewhere {
            throw Failure(.notSo, "\(node) is online at \(elsewhere), and would say everything again")
        }
        guard let state = snapshot.presence[node]?.state, state != .offline else { return }
        throw Failure(
            .notSo,
            "\(node) is \(state.rawValue), and would say everything again: end its agent first "
                + "(systemctl disable --now footlight-agent@\(node)). If it is gone and nobody could say so, the broker "
                + "having been away when it went, say: --force")
    }

    /// That site has no such node, and what it has.
    static func unknown(_ node: String, in snapshot: SiteSnapshot) -> Failure {
        let named = snapshot.configured.values.flatMap {
            ($0.bars + $0.sensors.keys).compactMap { Name.place($0)?.node }
        }
        let nodes = Set(snapshot.presence.all.keys).union(snapshot.places.nodes).union(named)
        return Failure(
            .usage,
            "site \(snapshot.site) has no node \"\(node)\"; " + Words.proposal(for: node, among: nodes, noun: "nodes"))
    }

    /// What the broker keeps that is the node's own, whether this version knows it or not. The fleet agent's record comes
    /// last: it looks at what there is of the node when that goes.
    static func topics(of node: String, in snapshot: SiteSnapshot) -> [String] {
        let site = "footlight/\(snapshot.site)/"
        let record = FleetTopic.node(node).name(site: snapshot.site)
        let own = [Topic.nodeConfiguration(node: node).name(site: snapshot.site)]
        let below = ["\(site)node/\(node)/", "\(site)clock/\(node)/"]
        return snapshot.topics.filter { topic in own.contains(topic) || below.contains { topic.hasPrefix($0) } }
            .sorted()
            + snapshot.topics.filter { $0 == record }
    }

    private static func zones(naming node: String, in snapshot: SiteSnapshot) -> [ZonePlaces] {
        snapshot.configured.sorted { $0.key < $1.key }.compactMap { name, zone in
            let places = zone.bars + zone.sensors.keys.sorted() + [zone.onlyWhenDark?.sensor].compactMap { $0 }
            let own = places.filter { Name.place($0)?.node == node }
            return own.isEmpty ? nil : ZonePlaces(zone: name, places: own)
        }
    }

    private static func standIns(for node: String, in snapshot: SiteSnapshot) -> [StandIn] {
        let zones = snapshot.configured.values
        let bars = Set(zones.flatMap(\.bars)).map { ($0, snapshot.places.bar(in: $0)) }
        let sensors = Set(zones.flatMap(\.sensors.keys)).map { ($0, snapshot.places.sensor(in: $0)) }
        return (bars + sensors).sorted { $0.0 < $1.0 }.compactMap { place, holder in
            guard Name.place(place)?.node == node, let other = Name.place(holder)?.node, other != node else {
                return nil
            }
            return StandIn(place: place, filledBy: holder)
        }
    }

    /// What goes on naming the node, and what to do about it, a sentence each.
    var remarks: [String] {
        var remarks: [String] = []
        if !givenBack.isEmpty {
            remarks.append("\(node) filled \(givenBack.joined(separator: ", ")): back with whom that is named after")
        }
        guard !zones.isEmpty else { return remarks }
        for zone in zones {
            remarks.append("zone \(zone.zone) still names \(zone.places.joined(separator: ", ")): places are kept")
        }
        for standIn in standIns { remarks.append("\(standIn.filledBy) goes on filling \(standIn.place)") }
        remarks.append(
            "a new node \(node) or a spare fills them; for a node of another name: footlight rename \(node) NEW; to give "
                + "them up, take them out of the site file and apply it")
        return remarks
    }
}
