internal import Lighting
internal import Mesh

/// What a manual command is for: a zone, or a bar in one of the zones that it is in.
struct LightTarget: Sendable, Hashable {
    var zone: String
    /// The bar's name in the zone; nil: all of them.
    var bar: String?

    /// `stairs`, `stair-03 (zone stairs)`
    var text: String { bar.map { "\($0) (zone \(zone))" } ?? zone }

    /// All that is named, in the order of the names, each once; of a pattern's zones in the order of theirs.
    ///
    /// - Parameters:
    ///   - names: zones, bars, and patterns of zones' names.
    ///   - bar: whether bars are meant even where zones have the names.
    /// - Throws: ``Failure`` that says which names there are.
    static func all(_ names: [String], bar: Bool, in snapshot: SiteSnapshot) throws -> [LightTarget] {
        var known: Set<LightTarget> = []
        return try names.flatMap { try named($0, bar: bar, in: snapshot) }.filter { known.insert($0).inserted }
    }

    /// Each zone of the site, readable or not: whoever keeps it may know more.
    static func everyZone(in snapshot: SiteSnapshot) throws -> [LightTarget] {
        guard !snapshot.zones.isEmpty else { throw noZones(in: snapshot) }
        return snapshot.sortedZones.map { LightTarget(zone: $0.name) }
    }

    /// The zone of this name, or the bar: in all its zones, since it shows the brightest of them; or a pattern's zones.
    private static func named(_ text: String, bar: Bool, in snapshot: SiteSnapshot) throws -> [LightTarget] {
        if ZonePattern.isOne(text) { return try matching(text, bar: bar, in: snapshot) }
        guard let place = Name.place(text) else {
            throw Failure(
                .usage, "\"\(text)\" names neither a zone nor a bar: a zone is stairs, a bar stair-01 or stair-01/bar")
        }
        guard !snapshot.zones.isEmpty else { throw noZones(in: snapshot) }
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

    private static func matching(_ text: String, bar: Bool, in snapshot: SiteSnapshot) throws -> [LightTarget] {
        guard !bar, let pattern = ZonePattern(text) else {
            throw Failure(
                .usage, "\"\(text)\" is no pattern of zones: 'upstairs-*', with a-z, 0-9, -, * (anything) and ? (one)")
        }
        guard !snapshot.zones.isEmpty else { throw noZones(in: snapshot) }
        let targets = snapshot.sortedZones.map(\.name).filter(pattern.matches).map { LightTarget(zone: $0) }
        if targets.isEmpty {
            throw Failure(
                .usage,
                "no zone of site \(snapshot.site) is like \(text); "
                    + Words.proposal(for: text, among: snapshot.zones.keys, noun: "zones"))
        }
        return targets
    }

    private static func noZones(in snapshot: SiteSnapshot) -> Failure {
        Failure(.usage, "site \(snapshot.site) has no zones; `footlight apply` a site file first")
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
