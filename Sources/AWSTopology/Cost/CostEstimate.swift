/// The cost of a topology in a month, by part.
public struct CostEstimate: Sendable, Hashable {
    /// A part of the figure.
    public struct Part: Sendable, Hashable {
        /// The part, "NAT gateways".
        public var name: String
        /// The quantity, in ``unit``.
        public var quantity: Double
        /// "gateway-hours"
        public var unit: String
        /// US dollars for one.
        public var price: Double
        /// The working of the quantity, "3 × 730 h".
        public var working: String

        /// US dollars a month.
        public var monthly: Double { quantity * price }
    }

    /// Over how many zones.
    public var zones: Int
    /// The number of instances that run while awake.
    public var instances: Int
    /// The number of them that are left when the fullest zone is lost.
    public var survivors: Int
    /// The prices.
    public var prices: PriceTable
    /// The parts, in order.
    public var parts: [Part]
    /// The types of instances and classes of databases that the table has no price for. They aren't in the figure.
    public var unpriced: [String]

    /// US dollars a month.
    public var monthly: Double { parts.reduce(0) { $0 + $1.monthly } }
}
