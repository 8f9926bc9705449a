internal import Lighting
internal import Mesh

/// What a manual command is for: a zone, or a bar in one of the zones that it is in.
struct LightTarget: Sendable, Hashable {
    var zone: String
    /// The bar's name in the zone; nil: all of them.
    var bar: String?

    /// The zone of this name, or the bar: in all its zones, since it shows the brightest of them.
    ///
    /// - Parameter bar: whether a bar is meant even where a zone has the name.
    /// - Throws: ``Failure`` that says which names there are.
    static func named(_ text: String, bar: Bool, in snapshot: SiteSnapshot) throws -> [LightTarget] {
        guard let place = Name.place(text) else {
            throw Failure(
                .usage, "\"\(text)\" names neither a zone nor a bar: a zone is stairs, a bar stair-01 or stair-01/bar")
        }
        guard !snapshot.zones.isEmpty else {
            throw Failure(.usage, "site \(snapshot.site) has no zones; `footlight apply` a site file first")
        }
        if place.part == nil, !bar, snapshot.zones[text] != nil { return [LightTarget(zone: text)] }
        let full = snapshot.fullName(ofBar: text)
        var targets: [LightTarget] = []
        for (name, zone) in snapshot.sortedZones {
            for candidate in zone.bars where candidate == text || snapshot.fullName(ofBar: candidate) == full {
                targets.append(LightTarget(zone: name, bar: candidate))
            }
        }
        if targets.isEmpty { throw unknown(text, bar: bar, node: place.node, in: snapshot) }
        return targets
    }

    private static func unknown(_ text: String, bar: Bool, node: String, in snapshot: SiteSnapshot) -> Failure {
        let bars = Set(snapshot.sortedZones.flatMap(\.zone.bars))
        let own = bars.filter { Name.place($0)?.node == node }.sorted()
        if !own.isEmpty {
            let what = text.contains("/") ? "has no bar of that name in any zone" : "has several bars"
            return Failure(.usage, "\(node) \(what); there is \(own.joined(separator: ", "))")
        }
        if bar || text.contains("/") {
            let proposal = Words.proposal(for: text, among: bars, noun: "bars")
            return Failure(.usage, "no zone of site \(snapshot.site) has a bar \"\(text)\"; \(proposal)")
        }
        if snapshot.presence[node] != nil {
            return Failure(
                .usage, "node \(node) has no bar in any zone of site \(snapshot.site); name it in the site file")
        }
        let proposal = Words.proposal(for: text, among: bars.union(snapshot.zones.keys), noun: "zones and bars")
        return Failure(.usage, "site \(snapshot.site) has no zone or bar \"\(text)\"; \(proposal)")
    }
}
