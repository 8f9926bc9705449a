/// Several instance types, on demand and spot.
public struct MixedInstancesPolicy: Sendable, Hashable {
    /// The types, the preferred first.
    public var instanceTypes: [String]
    /// The number of instances that are on demand whatever the size.
    public var onDemandBaseCapacity = 0
    /// The share of the rest that is on demand, 0…100 %.
    public var onDemandPercentageAboveBaseCapacity = 100
    /// The strategy by which spot capacity is chosen.
    public var spotAllocationStrategy = "price-capacity-optimized"
}
