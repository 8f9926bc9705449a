extension AddressPlan {
    /// The plan as JSON, keys in a fixed order.
    public var json: String {
        let tiers = cuts.map { cut in
            """
                {"name": \(Self.quoted(cut.tier.name)), "block": "\(cut.tier.block)", \
            "egress": "\(cut.tier.egress.rawValue)", "subnets": \(Self.list(cut.subnets)), \
            "spares": \(Self.list(cut.spares)), "remainder": \(Self.list(cut.remainder)), "usable": \(cut.usable)}
            """
        }
        return """
            {
              "vpc": "\(vpc)", "zones": \(zones), "spareZones": \(spareZones),
              "tiers": [
            \(tiers.joined(separator: ",\n"))
              ],
              "unused": \(Self.list(unused))
            }

            """
    }

    private static func list(_ networks: [IPv4Network]) -> String {
        "[" + networks.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 32:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
