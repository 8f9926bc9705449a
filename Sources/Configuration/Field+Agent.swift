import MQTT
import YAML

extension Field {
    /// What an agent's file says, as far as it can be read; what can't be, is among the faults.
    func agentFile() -> AgentFile? {
        let ofNode = ["node", "bars", "sensors", "lightSensors"]
        let shared = [
            "site", "brokers", "username", "passwordFile", "tls", "priority", "state", "frameRate", "nodes", "wire",
            "network", "siteFile",
        ]
        let hints = [
            "password": "Write the password into a file of its own, and passwordFile: /etc/footlight/password here",
            "broker": "Write brokers: [mqtt://127.0.0.1:1883], for instance",
            "zones": "Zones stand in the site file; `footlight apply` publishes them",
        ]
        guard let fields = fields(shared + ofNode, example: "site: home", hints: hints) else { return nil }
        let site = fields.required("site", example: "home")?.name("a site's name", example: "home")
        let network = fields.network()
        fields.checkNetwork(network)
        let isOff = network == .off
        let brokers = isOff ? [] : fields.required("brokers", example: "[mqtt://127.0.0.1:1883]")?.brokers()
        let username = fields["username"]?.text("a user's name", example: "stair-01")
        let passwordFile = fields["passwordFile"]?
            .absolutePath("the path of a password's file", example: "/etc/footlight/password")
        if !isOff, fields["username"] == nil, let field = fields["passwordFile"] {
            field.fail(
                .conflict, "has no username beside it", allowed: "a password belongs to a user",
                remedy: "Add username: stair-01, for instance")
        }
        let tls = isOff ? nil : fields["tls"]?.tls(brokers: brokers)
        let priority = fields["priority"]?.integer(in: AgentFile.priorityRange, "a priority", example: "50")
        let state = fields["state"]?.absolutePath("the path of a folder", example: "/var/lib/footlight/stair-01")
        let rates = AgentFile.frameRateRange
        let frameRate = fields["frameRate"]?
            .integer(
                in: rates.lowerBound.value...rates.upperBound.value, "a frame rate in hertz", unit: "Hz",
                example: "100Hz")
        let nodes = nodes(in: fields, ofNode: ofNode, hasNetwork: !isOff)
        let wire = fields.wire()
        let siteExample = "/etc/footlight/site.yaml"
        let siteFile = (isOff ? fields.required("siteFile", example: siteExample) : fields["siteFile"])?
            .absolutePath("the path of a site file", example: siteExample)
        guard let site, let brokers, let nodes, let network else { return nil }
        return AgentFile(
            site: site, brokers: brokers, username: username, passwordFile: passwordFile, tls: tls,
            priority: priority ?? AgentFile.defaultPriority, stateDirectory: state,
            frameRate: frameRate.map(Hertz.init) ?? AgentFile.defaultFrameRate, nodes: nodes, network: network,
            wire: wire, siteFile: siteFile)
    }

    /// The one node at the top of the file, or those of its list.
    private func nodes(in fields: FieldMap, ofNode: [String], hasNetwork: Bool) -> [NodeConfiguration]? {
        guard let list = fields["nodes"] else { return fields.node(hasNetwork: hasNetwork).map { [$0] } }
        for key in ofNode {
            guard let field = fields[key] else { continue }
            faults.add(
                .conflict, at: field.keyMark, field: field.path, found: key, problem: "stands beside nodes",
                allowed: "a file has one node at its top or a list of nodes",
                remedy: "Move \(key) into an item of nodes")
        }
        let example = "[{node: stair-01, bars: [{name: bar, channels: white, output: simulated}]}]"
        guard let items = list.list(of: "nodes", example: example) else { return nil }
        guard !items.isEmpty else {
            list.faults.add(
                .missing, at: list.keyMark, field: list.path, problem: "has no node",
                allowed: "an agent plays at least one", remedy: list.write(example))
            return nil
        }
        let nodes = items.compactMap { item in
            item.fields(ofNode, example: "{node: stair-01, bars: […]}").flatMap { fields in
                fields.node(hasNetwork: hasNetwork).map { (field: fields["node"] ?? item, value: $0) }
            }
        }
        return distinct(nodes, name: \.name, "an agent plays a node once")
    }

    /// The brokers, at least one.
    private func brokers() -> [BrokerAddress]? {
        let example = "[mqtt://127.0.0.1:1883]"
        guard let items = list(of: "brokers", example: example) else { return nil }
        guard !items.isEmpty else {
            faults.add(
                .missing, at: keyMark, field: path, problem: "has no broker", allowed: "an agent needs at least one",
                remedy: write(example))
            return nil
        }
        var lines: [BrokerAddress: Int] = [:]
        var brokers: [BrokerAddress] = []
        for item in items {
            guard let text = item.text("a broker", example: "mqtt://127.0.0.1:1883", limit: 512) else { continue }
            guard let broker = BrokerAddress(text: text) else {
                item.failAsBroker(text)
                continue
            }
            if let line = lines.updateValue(item.node.mark.line, forKey: broker) {
                item.fail(
                    .duplicate, "stands twice (first in line \(line))", allowed: "brokers are tried in turn",
                    remedy: "Remove one of the two")
            }
            brokers.append(broker)
        }
        return brokers.count == items.count ? brokers : nil
    }

    private func failAsBroker(_ text: String) {
        var problem = "is no broker's address"
        var remedy = write("mqtt://127.0.0.1:1883")
        if let host = text.split(separator: "@").last, host.count < text.count {
            problem = "has a user's name or password in it"
            remedy =
                "Write mqtt://\(host.split(separator: "/").last ?? host), and username: and passwordFile: beside brokers"
        } else if BrokerAddress(text: "mqtt://" + text) != nil {
            problem = "has no scheme"
            remedy = "Write mqtt://\(text), for instance"
        }
        // A password is nobody's business, not even a log's.
        let isSecret = text.contains("@")
        faults.add(
            .malformed, at: node.mark, field: path, found: isSecret ? "…@…" : Excerpt.of(text), problem: problem,
            allowed: BrokerAddress.textForms, remedy: Excerpt.of(remedy, limit: 300))
    }

    /// The files of TLS, for these brokers.
    private func tls(brokers: [BrokerAddress]?) -> TLSFiles? {
        guard
            let fields = fields(
                ["ca", "certificate", "key"], example: "{ca: /etc/footlight/ca.pem}",
                hints: ["cert": "Did you mean certificate?"])
        else { return nil }
        func file(_ key: String) -> String? {
            fields[key]?.absolutePath("the path of a file", example: "/etc/footlight/\(key).pem")
        }
        let files = TLSFiles(ca: file("ca"), certificate: file("certificate"), key: file("key"))
        for (has, lacks) in [("certificate", "key"), ("key", "certificate")] {
            guard let field = fields[has], fields[lacks] == nil else { continue }
            field.fail(
                .conflict, "has no \(lacks) beside it", allowed: "a certificate and its key go together",
                remedy: "Add \(lacks): /etc/footlight/\(lacks).pem, for instance")
        }
        if let brokers, !brokers.contains(where: \.isEncrypted) {
            faults.add(
                .conflict, at: keyMark, field: path, found: "tls", problem: "is for mqtts brokers, and there is none",
                remedy: "Write brokers: [mqtts://\(brokers.first?.host ?? "broker")], or remove tls")
        }
        return files
    }
}

/// `items`, if their names differ; a fault for each that doesn't.
func distinct<Value>(
    _ items: [(field: Field, value: Value)], name: KeyPath<Value, String>, _ allowed: String
) -> [Value] {
    var lines: [String: Int] = [:]
    for item in items {
        guard let line = lines.updateValue(item.field.node.mark.line, forKey: item.value[keyPath: name]) else {
            continue
        }
        item.field.fail(
            .duplicate, "stands twice (first in line \(line))", allowed: allowed,
            remedy: "Give one of the two another name")
    }
    return items.map(\.value)
}
