internal import Configuration
internal import Mesh
internal import NodeFile

extension AgentFile {
    /// What starts the light of the nodes' bars.
    var triggers: NodeDescription.Triggers {
        switch (wire, network) {
        case (nil, _): .network
        case (_, .on): .networkAndWire
        case (_, .triggersIgnored), (_, .off): .wire
        }
    }
}

extension SiteFile {
    /// What the broker would tell of it.
    var messages: [(topic: String, payload: [UInt8])] {
        let names = zones.keys.sorted()
        let site = SiteMessage(revision: 1, zones: names, timeZone: timeZone, location: location)
        return [(Topic.siteConfiguration.name(site: self.site), JSON.encode(site))]
            + names.compactMap { name in
                zones[name].map {
                    (
                        Topic.zoneConfiguration(zone: name).name(site: self.site),
                        JSON.encode(ZoneMessage($0, revision: 1))
                    )
                }
            }
    }
}
