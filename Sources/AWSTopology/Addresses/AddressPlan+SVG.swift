extension AddressPlan {
    /// The plan as an SVG picture: a row for each tier, as wide as its block, the zones by colour, what is spare pale.
    public var svg: String {
        let width = 960
        let left = 170
        let row = 44
        let top = 56
        let colours = ["#2f6db5", "#a86408", "#3d8f5a", "#8a55a8", "#b5474f", "#4f8f9a"]
        let widest = cuts.map(\.tier.block.size).max() ?? vpc.size
        let height = top + row * (cuts.count + 1) + 16
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>",
            "<text x=\"16\" y=\"28\" font-size=\"16\">\(vpc): \(zones) zones, room for \(spareZones) more</text>",
        ]
        for (index, cut) in cuts.enumerated() {
            let y = top + row * index
            func box(_ network: IPv4Network, _ fill: String, _ ink: String, _ label: String) {
                let scale = Double(width - left - 16) / Double(widest)
                let x = left + Int(Double(network.first.bits - cut.tier.block.first.bits) * scale)
                let wide = max(2, Int(Double(network.size) * scale) - 2)
                parts.append(
                    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(wide)\" height=\"34\" rx=\"3\" fill=\"\(fill)\"/>")
                // A digit at this size is about 7 wide: of a label that wouldn't fit the first word stays, the rest is a tooltip.
                let shown = label.count * 7 < wide ? label[...] : label.prefix { $0 != " " }
                parts.append(
                    "<text x=\"\(x + 6)\" y=\"\(y + 21)\" fill=\"\(ink)\"><title>\(label)</title>\(shown)</text>"
                )
            }
            parts.append("<text x=\"16\" y=\"\(y + 15)\">\(Self.escaped(cut.tier.name))</text>")
            parts.append("<text x=\"16\" y=\"\(y + 30)\" fill=\"#667\">\(cut.usable) usable</text>")
            for (zone, network) in cut.subnets.enumerated() {
                box(network, colours[zone % colours.count], "#ffffff", "\(zoneLetters[zone]) \(network)")
            }
            for network in cut.spares { box(network, "#e3e6ea", "#556", "spare \(network)") }
            for network in cut.remainder { box(network, "#f2f3f5", "#889", "free \(network)") }
        }
        let free = unused.map(\.description).joined(separator: ", ")
        parts.append(
            "<text x=\"16\" y=\"\(top + row * cuts.count + 20)\">unused: \(free.isEmpty ? "nothing" : free)</text>")
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}
