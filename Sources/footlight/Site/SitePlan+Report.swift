internal import Documents
internal import Lighting

extension SitePlan {
    /// A line for every change, and for each zone that stays as it is if `all` are wanted.
    func lines(all: Bool, colourful: Bool) -> [StyledLine] {
        var lines: [StyledLine] = []
        for plan in zones {
            switch plan.change {
            case .added: lines.append(Style.green.paint("+ \(plan.name)", if: colourful) + ": \(summary(plan))")
            case .changed:
                for field in plan.fields {
                    lines.append(Style.yellow.paint("~ \(plan.name)", if: colourful) + ".\(field.field): \(field.text)")
                }
            case .removed: lines.append(Style.red.paint("- \(plan.name)", if: colourful))
            case .unchanged where all:
                let what = plan.message == nil ? "unchanged" : "unchanged, published all the same"
                lines.append(Style.dim.paint("= \(plan.name)", if: colourful) + ": \(what)")
            case .unchanged: break
            }
        }
        // Zones that come or go are told of above.
        let comesOrGoes = zones.contains { $0.change == .added || $0.change == .removed }
        for field in fields where field.field != "zones" || !comesOrGoes {
            lines.append(Style.yellow.paint("~ site", if: colourful) + ".\(field.field): \(field.text)")
        }
        return lines
    }

    private func summary(_ plan: ZonePlan) -> String {
        guard let zone = plan.zone else { return "" }
        return "\(Words.count(zone.bars.count, "bar")), \(Words.count(zone.sensors.count, "sensor")), "
            + "hold \(zone.hold.text)"
    }

    /// What programs are told.
    struct Report: Encodable {
        struct Zone: Encodable {
            var zone: String
            var change: Change
            var fields: [FieldChange]
        }

        var site: String
        var zones: [Zone]
        var siteFields: [FieldChange]
        var warnings: [String]
        /// Nodes that haven't taken up what was published.
        var laggards: [SiteUptake.Laggard]
    }

    /// What programs are told.
    func report(warnings: [String], laggards: [SiteUptake.Laggard] = []) -> Report {
        Report(
            site: site, zones: zones.map { .init(zone: $0.name, change: $0.change, fields: $0.fields) },
            siteFields: fields, warnings: warnings, laggards: laggards)
    }
}
