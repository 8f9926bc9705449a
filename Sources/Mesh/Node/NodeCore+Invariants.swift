internal import Lighting

extension NodeCore {
    /// Checks what must hold of a node after every event, whatever was said to it. The simulator and the fuzz tests ask.
    ///
    /// - Returns: what doesn't hold, the first that was found; nil: all does.
    package func checkInvariants() -> String? {
        if !actions.isEmpty { return "\(actions.count) actions were left over" }
        if zones.count > NodeCore.maximumZones { return "\(zones.count) zones are known" }
        if configurationBytes != zones.values.reduce(0, { $0 + $1.configuration.count }) {
            return "the zones' configurations don't have \(configurationBytes) bytes"
        }
        if configurationBytes > NodeCore.maximumConfigurationBytes { return "\(configurationBytes) bytes of zones" }
        if connection != nil, !filters.isTold { return "the connection wasn't told of other filters" }
        for (name, zone) in zones {
            if zone.nodes.contains(where: { !parts.zones(of: $0).contains(name) }) {
                return "\(name) has nodes that nobody knows a part of"
            }
            if zone.filters.contains(where: { !filters.isNeeded($0) }) { return "nobody needs a filter of \(name)" }
        }
        for bar in bars {
            if let fault = bar.checkInvariants() { return "bar \(bar.name): \(fault)" }
            // One that ends goes on to what it shows afterwards, whatever becomes of its zones.
            if !bar.isEnding, let gone = bar.parts.first(where: { !$0.isLeaving && zones[$0.zone] == nil }) {
                return "bar \(bar.name) has a part in \(gone.zone), which isn't known"
            }
        }
        return nil
    }
}
