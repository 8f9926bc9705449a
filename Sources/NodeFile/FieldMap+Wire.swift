internal import Documents
internal import Hardware
import YAML

extension FieldMap {
    /// The trigger wire, if the file has one.
    func wire() -> WireConfiguration? {
        guard let fields = self["wire"]?.fields(["chip", "line", "bias"], example: "{chip: gpiochip0, line: 27}") else {
            return nil
        }
        let place = fields.gpioPlace()
        let biases = [GPIOBias.pullUp, .asIs].map { (name: $0.rawValue, value: $0) }
        let bias = fields["bias"]?.choice("what holds the wire high", of: biases)
        return place.map { WireConfiguration($0, bias: bias ?? .pullUp) }
    }

    /// What the agent has to do with the network. With a wire its triggers are ignored, unless the file says otherwise.
    func network() -> NetworkUse? {
        let hasWire = self["wire"] != nil
        guard let field = self["network"] else { return hasWire ? .triggersIgnored : .on }
        // YAML's own readers take on and off for true and false; here they are words.
        let choices = NetworkUse.allCases.map { (name: $0.rawValue, value: $0) }
        guard let use = field.choice("what the agent has to do with the network", of: choices) else { return nil }
        if use == .triggersIgnored, !hasWire {
            field.fail(
                .conflict, "has no wire beside it", allowed: "bars start by the network, or by a wire",
                remedy: "Add wire: {chip: gpiochip0, line: 27}, for instance, or remove network")
        }
        return use
    }

    /// What belongs to the network has no place in a file that is without; nor has a site file in one that is with it.
    func checkNetwork(_ use: NetworkUse?) {
        guard use == .off else {
            guard use != nil, let field = self["siteFile"] else { return }
            field.fail(
                .conflict, "stands in a file without network: off", allowed: "the broker tells of zones",
                remedy: "Remove siteFile, and publish the file by `footlight apply`")
            return
        }
        for key in ["brokers", "username", "passwordFile", "tls", "priority"] {
            guard let field = self[key] else { continue }
            field.faults.add(
                .conflict, at: field.keyMark, field: field.path, found: key, problem: "stands beside network: off",
                allowed: "such an agent speaks to no broker", remedy: "Remove \(key), or network: off")
        }
    }
}
