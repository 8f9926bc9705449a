/// Several instance types, on demand and spot.
public struct MixedInstancesPolicy: Sendable, Hashable {
    /// The types, the preferred first.
    public var instanceTypes: [String]
    /// How many instances are on demand whatever the size.
    public var onDemandBaseCapacity = 0
    /// How many of the rest are on demand, 0…100 %.
    public var onDemandPercentageAboveBaseCapacity = 100
    /// How spot capacity is chosen.
    public var spotAllocationStrategy = "price-capacity-optimized"
}
