internal import Configuration
internal import Lighting
internal import Mesh

/// What is to be published and cleared for a node to go by another name: its places, and what is said of them.
struct RenamePlan: Sendable {
    let rename: NodeRename
    /// The zones that name it.
    let site: SitePlan
    /// What else is to be kept: who fills which place, and commands for its bars.
    let further: [(topic: Topic, payload: [UInt8])]
    /// The names of the topics that were its own.
    let cleared: [String]
    /// What a person is to know, a sentence each.
    let remarks: [String]

    /// - Parameters:
    ///   - elsewhere: another broker at which the node is.
    ///   - force: whether it goes on where the node still runs by its old name, or the new one has places of its own.
    /// - Throws: ``Failure``: why it can't be.
    init(from old: String, to new: String, on snapshot: SiteSnapshot, elsewhere: String? = nil, force: Bool) throws {
        for name in [old, new] where !Name.isValid(name) {
            throw Failure(.usage, "\"\(name)\" is no name of a node: names are \(Name.rule)")
        }
        guard old != new else { throw Failure(.usage, "\(old) has that name already") }
        if ["first", "last"].contains(new) {
            throw Failure(.usage, "\"\(new)\" says where a sensor stands in a zone; choose another name for the node")
        }
        let rename = NodeRename(from: old, to: new)
        self.rename = rename
        let topics = ForgetPlan.topics(of: old, in: snapshot)
        var zones: [SitePlan.ZonePlan] = []
        for (name, message) in snapshot.zoneMessages.sorted(by: { $0.key < $1.key }) {
            let revision = SitePlan.revision(of: name, on: snapshot)
            guard let known = snapshot.configured[name], let renamed = rename.zone(message, revision: revision) else {
                continue
            }
            let zone = renamed.zone
            try RenamePlan.check(zone, name, rename)
            zones.append(
                SitePlan.ZonePlan(
                    name: name, change: .changed, fields: ZoneChanges.between(known, zone), zone: zone,
                    message: renamed))
        }
        site = SitePlan(site: snapshot.site, zones: zones)
        let isThere = (snapshot.presence[old]?.state ?? .offline) != .offline
        let isNewThere = (snapshot.presence[new]?.state ?? .offline) != .offline
        let places = RenamePlan.places(rename, isNewThere: isNewThere, on: snapshot)
        let overrides = snapshot.overrides.sorted { $0.key < $1.key }.compactMap { zone, message in
            rename.override(message).map { (topic: Topic.override(zone: zone), payload: JSON.encode($0)) }
        }
        further =
            places.map { (topic: .nodeConfiguration(node: $0.node), payload: JSON.encode($0.message)) } + overrides
        guard !topics.isEmpty || !zones.isEmpty || !further.isEmpty else { throw ForgetPlan.unknown(old, in: snapshot) }
        // Alive, it would say it again.
        cleared = isThere || elsewhere != nil ? [] : topics
        remarks = RenamePlan.remarks(rename, isThere: isThere, isNewThere: isNewThere, on: snapshot)
        if !force {
            try RenamePlan.check(rename, isThere: isThere, elsewhere: elsewhere, isNewThere: isNewThere, on: snapshot)
        }
    }

    /// What has to be done on the node itself.
    static func steps(_ rename: NodeRename) -> String {
        "on the node, write node: \(rename.new) in its agent's file and start it by that name (systemctl disable --now "
            + "footlight-agent@\(rename.old), systemctl enable --now footlight-agent@\(rename.new))"
    }

    private static func check(
        _ rename: NodeRename, isThere: Bool, elsewhere: String?, isNewThere: Bool, on snapshot: SiteSnapshot
    ) throws {
        let (old, new) = (rename.old, rename.new)
        if isThere || elsewhere != nil {
            let place = elsewhere.map { " at \($0)" } ?? ""
            throw Failure(
                .notSo,
                "\(old) is online\(place) by that name, and its bars would be dark until it isn't: first, \(steps(rename)). "
                    + "Or say --force, and do that afterwards")
        }
        guard isNewThere else { return }
        let own = snapshot.configured.sorted { $0.key < $1.key }.compactMap { name, zone -> String? in
            let places = zone.bars + zone.sensors.keys + [zone.onlyWhenDark?.sensor].compactMap { $0 }
            return places.contains { Name.place($0)?.node == new } ? "zone \(name) names it" : nil
        }
        let message = snapshot.places[new]
        let filled = [message?.bars, message?.sensors].compactMap { $0 }.flatMap(\.values).filter { !$0.isEmpty }
        guard let what = own.first ?? filled.min().map({ "it fills \($0)" }) else { return }
        throw Failure(
            .notSo,
            "\(new) is online and has a part of its own: \(what). Choose another name; or --force, if an earlier rename "
                + "was broken off, or it is to have both")
    }

    /// A place stands in a zone once.
    private static func check(_ zone: Zone, _ name: String, _ rename: NodeRename) throws {
        for (index, bar) in zone.bars.enumerated()
        where zone.bars[..<index].contains(where: { Places.isSame($0, bar) }) {
            throw Failure(
                .notSo,
                "zone \(name) has a bar \(bar) already, beside one of \(rename.old); take one of them out of the site file "
                    + "and apply it")
        }
    }

    /// What is said of who fills which place.
    ///
    /// A node that is there by its new name has its places itself. Until then whoever stands in for it goes on.
    private static func places(
        _ rename: NodeRename, isNewThere: Bool, on snapshot: SiteSnapshot
    ) -> [(node: String, message: PlacesMessage)] {
        let (old, new) = (rename.old, rename.new)
        var result: [(node: String, message: PlacesMessage)] = []
        for node in snapshot.places.nodes where node != old && node != new {
            guard let known = snapshot.places[node] else { continue }
            func renamed(_ claims: [String: String]?) -> [String: String]? {
                claims?.mapValues { rename.place($0) == $0 ? $0 : isNewThere ? "" : rename.place($0) }
            }
            var message = known
            message.bars = renamed(known.bars)
            message.sensors = renamed(known.sensors)
            guard message != known else { continue }
            message.revision = Revision.next(after: known.revision, at: snapshot.time)
            message.contract = max(known.contract ?? 1, Version.contract)
            result.append((node, message))
        }
        guard let own = snapshot.places[old] else { return result }
        func carried(_ claims: [String: String]?) -> [String: String]? {
            let claims = claims?.mapValues(rename.place).filter { !isNewThere || !$0.value.isEmpty }
            return claims?.isEmpty ?? true ? nil : claims
        }
        let known = [own.revision, snapshot.places[new]?.revision].compactMap { $0 }.max()
        let message = PlacesMessage(
            revision: Revision.next(after: known, at: snapshot.time), bars: carried(own.bars),
            sensors: carried(own.sensors), sleepUntil: own.sleepUntil)
        if message.bars != nil || message.sensors != nil || message.sleepUntil != nil { result.append((new, message)) }
        return result
    }

    private static func remarks(
        _ rename: NodeRename, isThere: Bool, isNewThere: Bool, on snapshot: SiteSnapshot
    ) -> [String] {
        let (old, new) = (rename.old, rename.new)
        var remarks: [String] = []
        if isThere {
            remarks.append("\(steps(rename)); then run footlight forget \(old)")
        } else if !isNewThere {
            remarks.append(steps(rename))
        }
        let standIns = snapshot.places.nodes.filter { node in
            guard node != old, let message = snapshot.places[node] else { return false }
            return [message.bars, message.sensors].compactMap { $0 }.contains { claims in
                claims.values.contains { Name.place($0)?.node == old }
            }
        }
        for node in standIns {
            remarks.append(
                isNewThere
                    ? "\(node) stood in for it, and is free again"
                    : "\(node) stands in for \(new) until that is taken back: mosquitto_pub -r -n -t "
                        + Topic.nodeConfiguration(node: node).name(site: snapshot.site) + ", for it and for \(new)")
        }
        if snapshot.topics.contains(where: { $0.hasPrefix("footlight/\(snapshot.site)/fleet/agent/") }) {
            remarks.append("where a fleet agent's file names \(old) (spares), write \(new) there, too")
        }
        return remarks
    }
}
