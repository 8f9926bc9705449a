/// In what order the subnets of a zone get their new blocks, when what is new is made before what is old is deleted.
///
/// In each phase a subnet goes to its final block if nothing that stands at the phase's beginning, or is made in it, shares
/// addresses with that. What is in a final block's way, its own included, goes to a temporary block from the spare space.
struct RecutSchedule {
    /// A subnet of the zone: its block now (nil: it isn't there yet) and in the end (nil: it goes).
    struct Item: Hashable {
        var name: String
        var current: IPv4Network?
        var final: IPv4Network?
    }

    /// The blocks of the subnets after each phase, by name.
    var phases: [[String: IPv4Network]] = []

    /// A schedule; nil where there is none.
    ///
    /// - Parameters:
    ///   - items: The zone's subnets that change.
    ///   - others: The blocks of all subnets that stay meanwhile.
    ///   - vpc: The VPC's block.
    ///   - reserved: Blocks that are better not taken as temporary ones, because others want them later.
    init?(_ items: [Item], beside others: [IPv4Network], in vpc: IPv4Network, sparing reserved: [IPv4Network]) {
        var current = Dictionary(
            items.compactMap { item in item.current.map { (item.name, $0) } }, uniquingKeysWith: { a, _ in a })
        while !items.allSatisfy({ current[$0.name] == $0.final }) {
            guard
                let next = Self.phase(items, current, beside: others, in: vpc, sparing: reserved),
                phases.count < 8
            else { return nil }
            current = next
            phases.append(next)
        }
    }

    private static func phase(
        _ items: [Item], _ current: [String: IPv4Network], beside others: [IPv4Network], in vpc: IPv4Network,
        sparing reserved: [IPv4Network]
    ) -> [String: IPv4Network]? {
        let standing = others + current.values
        var next = current
        var made: [IPv4Network] = []
        let open = items.filter { current[$0.name] != $0.final }
        for item in open {
            if let final = item.final {
                if (standing + made).contains(where: final.overlaps) { continue }
                made.append(final)
            }
            next[item.name] = item.final
        }
        for item in open where next[item.name] == current[item.name] {
            guard let final = item.final, let now = current[item.name],
                open.contains(where: { $0.final?.overlaps(now) ?? false })
            else { continue }
            let wanted = open.compactMap(\.final)
            guard
                let spare = temporary(
                    final.prefix, insteadOf: now.prefix, in: vpc, avoiding: standing + made + wanted, reserved)
            else { continue }
            made.append(spare)
            next[item.name] = spare
        }
        return next == current ? nil : next
    }

    /// A temporary block of length `prefix`: the first of the last free block as large as the old subnet, so that of
    /// 10.x.14.0/23 a /25 for a /24 is 10.x.15.0/25.
    ///
    /// - Source: Requirement T9.
    static func temporary(
        _ prefix: Int, insteadOf old: Int, in vpc: IPv4Network, avoiding taken: [IPv4Network],
        _ reserved: [IPv4Network], fromBelow: Bool = false
    ) -> IPv4Network? {
        for avoided in [taken + reserved, taken] {
            let free = vpc.subtracting(avoided).filter { $0.prefix <= prefix }
            guard let block = fromBelow ? free.first : free.last else { continue }
            let parent = max(block.prefix, min(old, prefix))
            let index = fromBelow ? 0 : (1 << (parent - block.prefix)) - 1
            return block.subnet(index, prefix: parent)?.subnet(0, prefix: prefix)
        }
        return nil
    }
}
