extension Topology {
    /// Returns the cost of this topology in a month.
    ///
    /// - Parameters:
    ///   - prices: The region's list prices.
    ///   - assumptions: How much is done with it.
    ///   - zones: Over how many zones, instead of as many as it has: whatever there is one of per zone is counted anew,
    ///     and groups are as large as leaves as many instances as now when a zone is lost. 1…6; nil for as it is.
    public func cost(
        prices: PriceTable, assumptions: CostAssumptions = CostAssumptions(), zones: Int? = nil
    ) -> CostEstimate {
        var counter = CostCounter(topology: self, zones: zones ?? self.zones.count, prices: prices)
        counter.count(assumptions)
        return counter.estimate
    }
}
