internal import Configuration
internal import Documents
internal import Hardware
import YAML

extension Field {
    /// What an agent's file says, as far as it can be read; what can't be, is among the faults.
    func agentFile() -> AgentFile? {
        let ofNode = ["node", "bars", "sensors", "lightSensors"]
        let shared = [
            "site", "brokers", "username", "passwordFile", "tls", "priority", "state", "frameRate", "nodes", "wire",
            "network", "siteFile", "commands", "versionFile",
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
        let access = isOff ? BrokerAccess(brokers: []) : fields.brokerAccess(owner: "stair-01")
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
        let commands = fields["commands"]?.commands()
        let versionFile = fields["versionFile"]?
            .absolutePath("the path of a file with a version in it", example: "/etc/footlight-version")
        guard let site, let access, let nodes, let network else { return nil }
        return AgentFile(
            site: site, brokers: access.brokers, username: access.username, passwordFile: access.passwordFile,
            tls: access.tls,
            priority: priority ?? AgentFile.defaultPriority, stateDirectory: state,
            frameRate: frameRate.map(Hertz.init) ?? AgentFile.defaultFrameRate, nodes: nodes, network: network,
            wire: wire, siteFile: siteFile, commands: commands ?? [:], versionFile: versionFile)
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
}
