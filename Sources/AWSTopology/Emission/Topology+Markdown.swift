extension Topology {
    /// The topology as a document: the diagram, the address plan, the ways out, and every resource with its why.
    public func markdown() -> String {
        var lines = ["# \(name.isEmpty ? "A topology" : name)", ""]
        let place = region.map { "In \($0), " } ?? ""
        lines.append(
            "\(place)zones \(zones.map(\.letter).joined(separator: ", ")). Made by `footlight topology render`;")
        lines.append("T1 to T11 are requirements that docs/topology.md explains.")
        lines += ["", "```mermaid", String(mermaid().dropLast()), "```", ""]
        lines += addresses
        lines += ["## Ways out", ""]
        lines += Self.table(
            ["subnet", "zone", "block", "way out"],
            subnets.map { subnet in
                [
                    "`\(subnet.name)`", subnet.zone?.letter ?? "", subnet.network.map { "\($0)" } ?? "",
                    wayOut(of: subnet),
                ]
            })
        lines += ["## Resources", ""]
        for section in cloudFormationTemplate.sections {
            lines += ["### \(section.title)", ""]
            var previous = ""
            let rows = section.resources.map { resource -> [String] in
                let isSame = resource.reason == previous
                if !resource.reason.isEmpty { previous = resource.reason }
                return [
                    "`\(resource.name)`", resource.type, isSame && !resource.reason.isEmpty ? "″" : resource.reason,
                ]
            }
            lines += Self.table(["name", "type", "why"], rows)
        }
        if !parameters.isEmpty {
            lines += ["## Given at deployment", ""]
            lines += Self.table(
                ["parameter", "default", "what it is"],
                parameters.map { ["`\($0.name)`", $0.defaultValue.map { "`\($0)`" } ?? "", $0.description] })
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var addresses: [String] {
        guard let plan = addressPlan else { return [] }
        let letters = plan.zoneLetters
        var header = ["tier", "block", "way out"]
        header += zip(letters, zones.map(\.letter) + letters.dropFirst(zones.count)).prefix(plan.zones).map { $1 }
        header += (0..<plan.spareZones).map { $0 == 0 ? "spare" : "spare \($0 + 1)" } + ["usable"]
        let rows = plan.cuts.map { cut in
            [cut.tier.name, "\(cut.tier.block)", Self.said(cut.tier.egress)]
                + (cut.subnets + cut.spares).map { "\($0)" } + ["\(cut.usable)"]
        }
        let free = plan.unused.map { "\($0)" }.joined(separator: ", ")
        return ["## Addresses", "", "VPC \(plan.vpc); unused: \(free.isEmpty ? "nothing" : free).", ""]
            + Self.table(header, rows)
    }

    private static func said(_ egress: Egress) -> String {
        switch egress {
        case .internet: "internet gateway"
        case .nat: "NAT gateway"
        case .endpoints: "endpoints only"
        }
    }

    private func wayOut(of subnet: Subnet) -> String {
        guard let table = subnet.routeTable.flatMap({ self[$0] }) else { return "the VPC's main route table" }
        return switch table.defaultRoute?.target {
        case .internetGateway(let gateway): "`\(gateway)`"
        case .natGateway(let gateway): "`\(gateway)`"
        case .instance(let instance): "`\(instance)`"
        case .other(_, let value): value
        case nil: "endpoints only"
        }
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        func line(_ cells: [String]) -> String {
            "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ")
                + " |"
        }
        return [line(header), "|" + String(repeating: " --- |", count: header.count)] + rows.map(line) + [""]
    }
}
