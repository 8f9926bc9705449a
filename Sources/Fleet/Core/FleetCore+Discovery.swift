internal import HomeAssistant
internal import Mesh

extension FleetCore {
    /// Has Home Assistant told of the groups, by who leads: once each after a connect or when leading begins. Home Assistant
    /// ignores what it knows already; that of a zone that is gone its nodes take away, with the zone's.
    mutating func tellHomeAssistant() {
        guard let settings = site?.homeAssistant else {
            discovered = [:]
            return
        }
        let topics = DiscoveryTopic(site: description.site, settings)
        guard discovered.count != groups.count || discovered.values.contains(where: { $0 != topics }) else { return }
        discovered = discovered.filter { groups[$0.key] != nil }
        for zone in groups.keys.sorted() where discovered[zone] != topics && site?.zones.contains(zone) == true {
            discovered[zone] = topics
            let device = DiscoveredDevice(group: zone, state: name(FleetTopic.group(zone: zone)), topics)
            publish(topics.name(of: .group(zone)), device.payload, retain: true)
        }
    }
}

extension DiscoveredDevice {
    /// A group, as part of its zone's device.
    ///
    /// - Parameter state: the topic of its record.
    init(group zone: String, state: String, _ topics: DiscoveryTopic) {
        self.init(
            objectID: topics.objectID(of: .group(zone)), identifier: topics.objectID(of: .zone(zone)), name: zone,
            model: "Zone")
        let state = DiscoveryValue.text(state)
        add(
            "problem", "binary_sensor", name: "Group problem",
            [
                "device_class": "problem", "entity_category": "diagnostic", "state_topic": state,
                "value_template": .text(
                    DiscoveredDevice.template(
                        "'ON' if value_json.unhealthyCount > 0 or value_json.vacantCount > 0 "
                            + "or value_json.attention is defined else 'OFF'")),
                "json_attributes_topic": state,
                "json_attributes_template": .text(
                    DiscoveredDevice.template(
                        "{'unhealthy': value_json.unhealthy, 'vacant': value_json.vacant, "
                            + "'holding': value_json.holding | default(none), "
                            + "'attention': value_json.attention | default(none)} | tojson", else: "'{}'")),
            ])
        add(
            "in_service", "sensor", name: "Nodes in service",
            [
                "entity_category": "diagnostic", "state_topic": state, "state_class": "measurement",
                "value_template": .text(DiscoveredDevice.template("value_json.inService")),
            ])
        add(
            "refresh", "sensor", name: "Refresh",
            [
                "entity_category": "diagnostic", "state_topic": state,
                "value_template": .text(
                    DiscoveredDevice.template(
                        "value_json.refresh.status if value_json.refresh is defined else None")),
            ])
    }
}
