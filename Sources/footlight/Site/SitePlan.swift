internal import Configuration
internal import Lighting
internal import Mesh

/// What would have to be published for a site to be as its file says.
struct SitePlan: Sendable {
    /// What becomes of a zone.
    enum Change: String, Sendable, Encodable {
        case added
        case changed
        case unchanged
        case removed
    }

    /// A zone's part.
    struct ZonePlan: Sendable {
        var name: String
        var change: Change
        var fields: [FieldChange] = []
        /// What the file says; nil for one to be removed.
        var zone: Zone?
        /// What is to be published; nil where nothing is.
        var message: ZoneMessage?
    }

    /// The site's name.
    let site: String
    /// Every zone of the file or of the broker, in the order of names.
    private(set) var zones: [ZonePlan] = []
    /// What changes of the site as a whole.
    private(set) var fields: [FieldChange] = []
    /// What is to be published of the site as a whole; nil where nothing is.
    private(set) var message: SiteMessage?
    /// How Home Assistant finds the site that there is.
    private(set) var known: HomeAssistantSettings?

    /// - Parameter force: whether what hasn't changed is published all the same.
    init(_ file: SiteFile, on snapshot: SiteSnapshot, force: Bool) {
        site = file.site
        known = snapshot.siteMessage?.homeAssistant
        for name in snapshot.zoneNames.union(file.zones.keys).sorted() {
            zones.append(SitePlan.plan(name, file.zones[name], on: snapshot, force: force))
        }
        let names = file.zones.keys.sorted()
        if let known = snapshot.siteMessage {
            if known.timeZone != file.timeZone {
                fields.append(FieldChange(field: "timeZone", from: known.timeZone, to: file.timeZone))
            }
            let (place, place2) = (known.location?.location, file.location)
            if place != place2 {
                fields.append(FieldChange(field: "location", from: place?.text, to: place2?.text))
            }
            if known.homeAssistant != file.homeAssistant {
                fields.append(
                    FieldChange(
                        field: "homeAssistant", from: known.homeAssistant?.prefix, to: file.homeAssistant?.prefix))
            }
            if known.zones.sorted() != names {
                fields.append(
                    FieldChange(
                        field: "zones", from: known.zones.sorted().joined(separator: ", "),
                        to: names.joined(separator: ", ")))
            }
        } else {
            if let timeZone = file.timeZone { fields.append(FieldChange(field: "timeZone", from: nil, to: timeZone)) }
            if let place = file.location { fields.append(FieldChange(field: "location", from: nil, to: place.text)) }
            fields.append(FieldChange(field: "zones", from: nil, to: names.joined(separator: ", ")))
        }
        if force || !fields.isEmpty {
            let revision = Revision.next(after: snapshot.siteMessage?.revision, at: snapshot.time)
            message = SiteMessage(
                revision: revision, zones: names, timeZone: file.timeZone, location: file.location,
                homeAssistant: file.homeAssistant)
        }
    }

    /// What is to become of some zones, all else being as it is.
    init(site: String, zones: [ZonePlan]) {
        self.site = site
        self.zones = zones
    }

    /// The revision by which a zone's configuration holds in the stead of what `snapshot` has: beyond the list's, too, by
    /// which nodes tell a new zone from one that was removed and is back.
    static func revision(of zone: String, on snapshot: SiteSnapshot) -> Int64 {
        let known = [snapshot.zoneMessages[zone]?.revision, snapshot.siteMessage?.revision].compactMap { $0 }
        return Revision.next(after: known.max(), at: snapshot.time)
    }

    /// The zones that there are no more.
    var removedZones: [String] { zones.filter { $0.change == .removed }.map(\.name) }

    /// Whether the broker has all this already.
    var isEmpty: Bool { fields.isEmpty && zones.allSatisfy { $0.change == .unchanged } }

    private static func plan(_ name: String, _ zone: Zone?, on snapshot: SiteSnapshot, force: Bool) -> ZonePlan {
        guard let zone else { return ZonePlan(name: name, change: .removed) }
        var plan = ZonePlan(name: name, change: .unchanged, zone: zone)
        if let known = snapshot.configured[name] {
            // Compared as messages: that is how precisely the broker has them.
            if ZoneMessage(known, revision: nil) != ZoneMessage(zone, revision: nil) {
                plan.change = .changed
                plan.fields = ZoneChanges.between(known, zone)
            }
        } else if snapshot.payloads[.zoneConfiguration(zone: name)] != nil {
            plan.change = .changed
            plan.fields = [
                FieldChange(field: "configuration", from: "unreadable", to: "as the file", note: "was unreadable")
            ]
        } else {
            plan.change = .added
        }
        if force || plan.change != .unchanged {
            plan.message = ZoneMessage(zone, revision: revision(of: name, on: snapshot))
        }
        return plan
    }
}
