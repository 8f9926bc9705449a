package import Documents
import MQTT
import YAML

extension FieldMap {
    /// The fields that say how to reach a broker; `owner`: an example of a user's name.
    package func brokerAccess(owner: String) -> BrokerAccess? {
        let brokers = required("brokers", example: "[mqtt://127.0.0.1:1883]")?.brokers()
        let username = self["username"]?.text("a user's name", example: owner)
        let passwordFile = self["passwordFile"]?
            .absolutePath("the path of a password's file", example: "/etc/footlight/password")
        if self["username"] == nil, let field = self["passwordFile"] {
            field.fail(
                .conflict, "has no username beside it", allowed: "a password belongs to a user",
                remedy: "Add username: \(owner), for instance")
        }
        let tls = self["tls"]?.tls(brokers: brokers)
        guard let brokers else { return nil }
        return BrokerAccess(brokers: brokers, username: username, passwordFile: passwordFile, tls: tls)
    }
}

extension Field {
    /// The brokers, at least one.
    fileprivate func brokers() -> [BrokerAddress]? {
        let example = "[mqtt://127.0.0.1:1883]"
        guard let items = list(of: "brokers", example: example) else { return nil }
        guard !items.isEmpty else {
            faults.add(
                .missing, at: keyMark, field: path, problem: "has no broker", allowed: "at least one is needed",
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
            if let line = lines.updateValue(item.node.mark.line, forKey: broker.place) {
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
    fileprivate func tls(brokers: [BrokerAddress]?) -> TLSFiles? {
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
