/// Exact figures of a fleet: groups of instances, each group spread over the zones at random but evenly, as Auto Scaling
/// does. Of k = q·z + r instances every zone has q, and r zones drawn without regard have one more.
///
/// - Source: Combinatorics; the simulation draws the zones themselves and is tested against these.
public struct InstanceSpread: Sendable, Hashable {
    /// The number of groups.
    public var groups: Int
    /// The number of instances of each group.
    public var perGroup: Int
    /// The number of zones that they are spread over.
    public var zones: Int

    /// A fleet. All counts are at least 1.
    public init(groups: Int, perGroup: Int, zones: Int) {
        precondition(groups > 0 && perGroup > 0 && zones > 0, "at least one of each")
        self.groups = groups
        self.perGroup = perGroup
        self.zones = zones
    }

    /// All instances.
    public var instances: Int { groups * perGroup }
    private var least: Int { perGroup / zones }
    private var rest: Int { perGroup % zones }

    /// The chance that a group has nothing in `lost` given zones: of the C(z, k) ways to choose its zones, C(z−lost, k)
    /// keep out of them.
    public func chanceUntouched(lost: Int = 1) -> Double {
        least > 0 ? 0 : Self.choose(zones - lost, perGroup) / Self.choose(zones, perGroup)
    }

    /// The chance that a group has nothing outside of `lost` given zones.
    public func chanceWhollyLost(lost: Int = 1) -> Double {
        if lost >= zones { return 1 }
        return least > 0 ? 0 : Self.choose(lost, perGroup) / Self.choose(zones, perGroup)
    }

    /// The share of all instances that `lost` zones hold in the mean: lost/z, however they were spread.
    public func shareLost(lost: Int = 1) -> Double { Double(min(lost, zones)) / Double(zones) }

    /// The mean number of groups that have nothing in a given zone.
    public var meanUntouched: Double { Double(groups) * chanceUntouched() }
    /// Its standard deviation: groups are independent, so that the count is binomial.
    public var deviationUntouched: Double {
        let p = chanceUntouched()
        return (Double(groups) * p * (1 - p)).squareRoot()
    }
    /// The mean number of instances that a zone holds: n·k/z.
    public var meanLost: Double { Double(instances) * shareLost() }
    /// Its standard deviation: n·q, and a binomial of n and r/z on top.
    public var deviationLost: Double {
        let p = Double(rest) / Double(zones)
        return (Double(groups) * p * (1 - p)).squareRoot()
    }
    /// The mean number of instances that each of the other zones takes.
    public var meanTakenByEach: Double { zones > 1 ? meanLost / Double(zones - 1) : 0 }
    /// The share of a zone's own instances that this is: 1/(z−1). Everyone in the region asks for as much at the same
    /// time.
    public var extraLoad: Double { zones > 1 ? 1 / Double(zones - 1) : .infinity }

    /// The same for instances that were put into zones without regard to each other: ((z−1)/z)^k.
    public var chanceUntouchedIfIndependent: Double { Self.power(1 - 1 / Double(zones), perGroup) }
    /// (1/z)^k.
    public var chanceWhollyLostIfIndependent: Double { Self.power(1 / Double(zones), perGroup) }

    static func choose(_ n: Int, _ k: Int) -> Double {
        guard k >= 0, k <= n else { return 0 }
        return (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }

    static func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { a, _ in a * base } }
}
