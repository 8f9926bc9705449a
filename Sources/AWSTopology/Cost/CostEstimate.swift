/// What a topology costs in a month, by part.
public struct CostEstimate: Sendable, Hashable {
    /// A part of the figure.
    public struct Part: Sendable, Hashable {
        /// What it is for, "NAT gateways".
        public var name: String
        /// How much of it there is, in ``unit``.
        public var quantity: Double
        /// "gateway-hours"
        public var unit: String
        /// US dollars for one.
        public var price: Double
        /// How the quantity comes about, "3 × 730 h".
        public var working: String

        /// US dollars a month.
        public var monthly: Double { quantity * price }
    }

    /// Over how many zones.
    public var zones: Int
    /// How many instances run while awake.
    public var instances: Int
    /// How many of them are left when the fullest zone is lost.
    public var survivors: Int
    /// The prices.
    public var prices: PriceTable
    /// The parts, in order.
    public var parts: [Part]
    /// What the table has no price for: types of instances and classes of databases. It isn't in the figure.
    public var unpriced: [String]

    /// US dollars a month.
    public var monthly: Double { parts.reduce(0) { $0 + $1.monthly } }
}
