internal import Documents
internal import Hardware
import Lighting
import YAML

extension Field {
    /// The bars, with what bars on one strip say of it together; a fault for what they don't agree on, and for LEDs or pins
    /// that two bars claim.
    func sharingStrips(_ bars: [(item: Field, bar: BarConfiguration)]) -> [BarConfiguration] {
        var result = bars.map(\.bar)
        var strips: [String: [Int]] = [:]
        for index in bars.indices {
            guard let strip = bars[index].bar.strip else { continue }
            strips[strip.shared, default: []].append(index)
        }
        settle(bars.map { (item: $0.item, owner: "the bar \($0.bar.name)", claims: $0.bar.output.driver.claims) })
        for (_, members) in strips.sorted(by: { $0.value[0] < $1.value[0] }) {
            let parts = members.compactMap { bars[$0].bar.strip?.part }
            let items = members.map { bars[$0].item }
            guard let whole = agree(parts, members.map { bars[$0].bar.channels }, items) else { continue }
            checkUniverses(members.map { bars[$0] }, whole)
            for index in members.dropFirst() where bars[index].bar.power.killed != bars[members[0]].bar.power.killed {
                bars[index].item.conflict(
                    "shows something else when the agent is killed than its strip's first bar",
                    "Give all bars of a strip the same power.killed: a strip is written whole")
            }
            for (index, part) in zip(members, parts) {
                guard var strip = bars[index].bar.strip else { continue }
                strip.part = whole
                strip.part.leds = part.leds
                result[index].output = BarOutput(strip)
            }
        }
        return result
    }

    /// Reports each claim to a part of the board that another has, in the order of the file.
    func settle(
        _ owners: [(item: Field, owner: String, claims: [Claim])], allowed: String = "LEDs belong to one bar"
    ) {
        var known: [String: (claim: Claim, owner: String)] = [:]
        for (item, owner, claims) in owners {
            for claim in claims {
                guard let other = known[claim.part] else {
                    known[claim.part] = (claim, owner)
                    continue
                }
                guard let conflict = claim.conflict(with: other.claim, of: other.owner) else { continue }
                item.conflict(conflict.problem, conflict.remedy, allowed: allowed)
            }
        }
    }

    /// Reports the bar whose LEDs lie beyond the last universe that the strip's protocol has.
    private func checkUniverses(_ bars: [(item: Field, bar: BarConfiguration)], _ whole: StripPart) {
        func end(_ bar: BarConfiguration) -> Int { bar.strip?.part.leds.leds.upperBound ?? 0 }
        guard let (item, bar) = bars.max(by: { end($0.bar) < end($1.bar) }), let strip = bar.strip,
            let missing = strip.missingUniverse(leds: end(bar) + 1, whole, bar.channels),
            let last = type(of: strip).universes?.upperBound
        else { return }
        item.conflict(
            "has LEDs of universe \(missing), where \(last) is the last",
            "Begin the strip at universe \(strip.universe - (missing - last)) or below, or give it fewer LEDs",
            allowed: "each universe has room for 512 bytes of whole LEDs, and the strip goes on in the next")
    }

    /// What is known of a strip from all its bars.
    private func agree(_ parts: [StripPart], _ channels: [ChannelSet], _ items: [Field]) -> StripPart? {
        var whole = parts[0]
        for (index, part) in parts.enumerated().dropFirst() {
            let item = items[index]
            if channels[index] != channels[0] {
                item.conflict(
                    "is \(channels[index].rawValue) on a strip of \(channels[0].rawValue)",
                    "Give all bars of a strip the same channels")
                return nil
            }
            guard merge(\.chip, part, &whole), merge(\.order, part, &whole), merge(\.limit, part, &whole),
                merge(\.priority, part, &whole)
            else {
                item.conflict(
                    "says of its strip what an earlier bar doesn't", "Say chip, order, limit and priority once")
                return nil
            }
            if let other = parts[..<index].firstIndex(where: { $0.leds.leds.overlaps(part.leds.leds) }) {
                item.conflict(
                    "has LEDs that are the bar's in line \(items[other].node.mark.line) too",
                    "Give the two bars different ranges")
                return nil
            }
        }
        return whole
    }

    private func merge<Value: Equatable>(
        _ field: WritableKeyPath<StripPart, Value?>, _ part: StripPart, _ whole: inout StripPart
    ) -> Bool {
        guard let value = part[keyPath: field] else { return true }
        if let other = whole[keyPath: field], other != value { return false }
        whole[keyPath: field] = value
        return true
    }

    private func conflict(_ problem: String, _ remedy: String, allowed: String = "LEDs belong to one bar") {
        faults.add(.conflict, at: keyMark, field: path, problem: problem, allowed: allowed, remedy: remedy)
    }
}

extension BarConfiguration {
    fileprivate var strip: (any StripDriver)? { output.driver as? any StripDriver }
}
