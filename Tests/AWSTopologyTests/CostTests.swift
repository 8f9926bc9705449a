import Testing

@testable import AWSTopology

@Suite("Cost")
struct CostTests {
    let topology: Topology
    let prices = PriceTable.frankfurt

    init() throws { topology = try Topology(reading: DefaultTopology.text, file: "b.yaml") }

    private func part(
        _ name: String, zones: Int? = nil, _ change: (inout CostAssumptions) -> Void = { _ in }
    ) throws -> CostEstimate.Part {
        var assumptions = CostAssumptions()
        change(&assumptions)
        let estimate = topology.cost(prices: prices, assumptions: assumptions, zones: zones)
        return try #require(estimate.parts.first { $0.name == name })
    }

    @Test(arguments: [
        ("NAT gateways", 2, 1460.0), ("NAT gateways", 3, 2190), ("Interface endpoints", 2, 14600),
        ("Interface endpoints", 3, 21900), ("Public IPv4 addresses", 2, 2920), ("Public IPv4 addresses", 3, 4380),
        ("Alarms", 2, 4), ("Alarms", 3, 5),
    ])
    func `what is there once per zone is counted per zone`(_ name: String, _ zones: Int, _ quantity: Double) throws {
        #expect(try part(name, zones: zones).quantity == quantity)
    }

    @Test
    func `the figure is the sum of its parts, and a part its quantity by its price`() throws {
        let estimate = topology.cost(prices: prices)
        #expect(abs(estimate.monthly - estimate.parts.reduce(0) { $0 + $1.quantity * $1.price }) < 1e-9)
        #expect(abs(try part("NAT gateways").monthly - 3 * 730 * 0.052) < 1e-9)
        #expect(estimate.unpriced.isEmpty)
    }

    @Test
    func `a topology counted for as many zones as it has costs what it costs`() {
        #expect(topology.cost(prices: prices, zones: 3) == topology.cost(prices: prices))
    }

    @Test
    func `a topology of two zones, written as such, has the per-zone parts of three counted for two`() throws {
        let two = try Topology(reading: EmissionTests.two, file: "b.yaml")
        for name in ["NAT gateways", "Interface endpoints", "Public IPv4 addresses"] {
            let written = try #require(two.cost(prices: prices).parts.first { $0.name == name })
            #expect(try written.monthly == part(name, zones: 2).monthly)
        }
    }

    @Test(arguments: [(2, 4), (3, 3), (4, 3), (6, 3)])
    func `groups are as large as leaves as many instances when a zone is lost`(_ zones: Int, _ instances: Int) {
        let estimate = topology.cost(prices: prices, zones: zones)
        #expect(estimate.instances == instances)
        #expect(estimate.survivors >= 2)
    }

    @Test
    func `a sleeping group costs nothing while it sleeps`() throws {
        #expect(topology.awakeHours(of: topology.autoScalingGroups[0]) == 20)
        #expect(try part("Instances of Backend").quantity == 3 * 730 * 20 / 24)
    }

    @Test(arguments: [(2, 50.0), (3, 200.0 / 3)])
    func `half of the traffic to a database crosses zones with two, two thirds with three`(
        _ zones: Int, _ gigabytes: Double
    ) throws {
        let part = try part("Across zones to the database", zones: zones) {
            $0.sites = 0
            $0.databaseGigabytes = 100
        }
        #expect(abs(part.quantity - gigabytes) < 1e-9)
        #expect(part.price == 0.02)
    }

    @Test
    func `ten times the records weigh ten times as much: on the way to the database, in it, and in the archive`() throws
    {
        func quantity(_ name: String, _ sites: Double) throws -> Double {
            try part(name) {
                $0.sites = sites
                $0.recordsPerDay = 2400
                ($0.databaseGigabytes, $0.ingestGigabytes) = (0, 0)
            }.quantity
        }
        for name in ["Across zones to the database", "Archived records", "Load balancer capacity"] {
            #expect(try abs(quantity(name, 1000) - 10 * quantity(name, 100)) < 1e-6, "\(name)")
        }
        // 100 × 2400 × 730/24 records a month, 450 bytes each, two thirds of them to another zone.
        #expect(try abs(quantity("Across zones to the database", 100) - 7.3 * 0.45 * 2 / 3) < 1e-9)
        // The twelve months of 36 that aren't in the database any more, 60 bytes each.
        #expect(try abs(quantity("Archived records", 100) - 12 * 7.3 * 0.06) < 1e-9)
    }

    @Test
    func `a database's storage grows with what is kept there, beyond what is allocated`() throws {
        let small = try part("Database, storage")
        #expect(small.quantity == 100 && small.working.contains("records of 24 months take "), "\(small.working)")
        let large = try part("Database, storage") { ($0.sites, $0.recordsPerDay) = (100, 2400) }
        // 7.3 million records a month, 24 months, 770 bytes each; and the standby's.
        #expect(large.quantity == 2 * 135 && large.working.contains("full after 8 months"), "\(large.working)")
        let young = try part("Database, storage") { ($0.sites, $0.recordsPerDay, $0.months) = (100, 2400, 6) }
        #expect(young.quantity == 100)
        var assumptions = CostAssumptions()
        assumptions.months = 6
        let parts = topology.cost(prices: prices, assumptions: assumptions).parts
        #expect(!parts.contains { $0.name == "Archived records" })
    }

    @Test(arguments: [(10_000.0, 0.0, 70.40895), (0.0, 30.0, 30.0)])
    func `a load balancer's capacity is what it has most of: connections of many small requests, or bytes`(
        _ sites: Double, _ gigabytes: Double, _ hours: Double
    ) throws {
        let part = try part("Load balancer capacity") { ($0.sites, $0.ingestGigabytes) = (sites, gigabytes) }
        // 76 million records, twelve a request; 25 connections a second for an hour are a unit.
        #expect(abs(part.quantity - hours) < 1e-4, "\(part.working)")
    }

    @Test
    func `a single NAT gateway is cheaper, and what comes from other zones pays for crossing`() throws {
        let text = DefaultTopology.text.replacing("natGateways: perZone", with: "natGateways: single")
        let estimate = try Topology(reading: text, file: "b.yaml").cost(prices: prices)
        let crossing = try #require(estimate.parts.first { $0.name == "Across zones to a NAT gateway" })
        #expect(abs(crossing.quantity - 50 * 2 / 3) < 1e-9)
    }

    @Test
    func `a type without a price is said, and is not in the figure`() throws {
        let text = DefaultTopology.text.replacing("db.t4g.small", with: "db.x9.huge")
        let estimate = try Topology(reading: text, file: "b.yaml").cost(prices: prices)
        #expect(estimate.unpriced == ["db.x9.huge of Database"])
    }

    @Test(arguments: [(0.0, "0.00"), (0.05, "0.05"), (12.3, "12.30"), (99.999, "100.00")])
    func `dollars have two digits`(_ amount: Double, _ text: String) { #expect(CostEstimate.dollars(amount) == text) }
}
