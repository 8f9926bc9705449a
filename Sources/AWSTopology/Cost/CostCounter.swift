/// Counts what a topology has, for ``Topology/cost(prices:assumptions:zones:)``.
struct CostCounter {
    let topology: Topology
    let zones: Int
    let prices: PriceTable
    var estimate: CostEstimate
    private let month = CostAssumptions.hoursPerMonth

    init(topology: Topology, zones: Int, prices: PriceTable) {
        self.topology = topology
        self.zones = max(1, zones)
        self.prices = prices
        estimate = CostEstimate(
            zones: self.zones, instances: 0, survivors: 0, prices: prices, parts: [], unpriced: [])
    }

    /// How many there are when what is once per zone is counted for as many zones as asked for.
    private func scaled(_ count: Int) -> Int {
        let own = topology.zones.count
        return own > 1 && count > 0 && count % own == 0 ? count / own * zones : count
    }

    private mutating func add(_ name: String, _ quantity: Double, _ unit: String, at price: Double, _ working: String) {
        guard quantity > 0 else { return }
        estimate.parts.append(.init(name: name, quantity: quantity, unit: unit, price: price, working: working))
    }

    mutating func count(_ assumptions: CostAssumptions) {
        network(assumptions)
        loadBalancers(assumptions)
        groups()
        databases(assumptions)
        rest(assumptions)
    }

    private mutating func network(_ assumptions: CostAssumptions) {
        let gateways = scaled(topology.natGateways.count)
        add(
            "NAT gateways", Double(gateways) * month, "gateway-hours", at: prices.natGatewayHour,
            "\(gateways) × 730 h")
        if gateways > 0 {
            add(
                "NAT gateways, traffic", assumptions.natGigabytes, "GB", at: prices.natGatewayGigabyte,
                "assumed; S3 and DynamoDB go by gateway endpoints, free of charge")
        }
        let interfaces = topology.interfaceEndpoints.reduce(0) { $0 + scaled($1.subnets.count) }
        add(
            "Interface endpoints", Double(interfaces) * month, "zone-hours", at: prices.interfaceEndpointZoneHour,
            "\(topology.interfaceEndpoints.count) endpoints, \(interfaces) with their zones, × 730 h")
        if interfaces > 0 {
            add(
                "Interface endpoints, traffic", assumptions.endpointGigabytes, "GB",
                at: prices.interfaceEndpointGigabyte, "assumed")
        }
        let nodes = topology.loadBalancers.filter { $0.scheme == .internetFacing }
            .reduce(0) { $0 + scaled($1.subnets.count) }
        let addresses = scaled(topology.elasticAddresses.count) + nodes
        add(
            "Public IPv4 addresses", Double(addresses) * month, "address-hours", at: prices.publicAddressHour,
            "\(addresses - nodes) of NAT gateways, \(nodes) of load balancers, × 730 h")
        add("Out to the internet", assumptions.internetGigabytes, "GB", at: prices.internetGigabyte, "assumed")
        if gateways > 0, gateways < zones {
            let share = Double(zones - gateways) / Double(zones)
            add(
                "Across zones to a NAT gateway", assumptions.natGigabytes * share, "GB",
                at: prices.crossZoneGigabyte * 2,
                "\(zones - gateways) of \(zones) zones have none of their own; both directions")
        }
    }

    private mutating func loadBalancers(_ assumptions: CostAssumptions) {
        let count = topology.loadBalancers.count
        add("Load balancers", Double(count) * month, "hours", at: prices.loadBalancerHour, "\(count) × 730 h")
        if count > 0 {
            let traffic = RecordTraffic(assumptions)
            add(
                "Load balancer capacity", traffic.capacityHours, "LCU-hours", at: prices.loadBalancerUnitHour,
                "the most of \(Self.short(traffic.ingestGigabytes)) GB, 1 an hour, and "
                    + "\(Self.short(traffic.requests.rounded())) connections, 25 a second; an ALB's own traffic across zones is free"
            )
        }
    }

    private mutating func groups() {
        for group in topology.autoScalingGroups {
            let now = group.desiredCapacity ?? group.minSize ?? 0
            let own = max(1, topology.zones(of: group.subnets).count)
            let over = own == topology.zones.count ? zones : own
            let left = Self.survivors(now, zones: own)
            let count = over == own ? now : Self.size(surviving: left, zones: over)
            estimate.instances += count
            estimate.survivors += Self.survivors(count, zones: over)
            let settings = group.launchTemplate.flatMap { topology[$0] }?.settings
            let type = group.mixedInstances?.instanceTypes.first ?? settings?.instanceType ?? "unknown"
            let hours = topology.awakeHours(of: group)
            let awake = Double(count) * month * hours / 24
            if let price = prices.instanceHour[type] {
                add(
                    "Instances of \(group.name)", awake, "hours", at: price,
                    "\(count) × \(type) × 730 h" + (hours < 24 ? ", awake \(Self.short(hours)) h a day" : ""))
            } else {
                estimate.unpriced.append("\(type) of \(group.name)")
            }
            let gigabytes = (settings?.volumes ?? []).reduce(0) { $0 + ($1.size ?? 8) }
            add(
                "Volumes of \(group.name)", Double(count * gigabytes) * hours / 24, "GB-months",
                at: prices.volumeGigabyteMonth, "\(count) × \(gigabytes) GB, gone while asleep")
            if settings?.detailedMonitoring == true {
                add(
                    "Detailed monitoring", Double(count) * hours / 24, "instances", at: prices.detailedMonitoringMonth,
                    "7 metrics each")
            }
        }
    }

    private mutating func databases(_ assumptions: CostAssumptions) {
        let traffic = RecordTraffic(assumptions)
        for database in topology.databaseInstances {
            let twice = database.multiAZ ? 2.0 : 1
            let standby = database.multiAZ ? ", and its standby" : ""
            let type = database.instanceClass ?? "unknown"
            if let price = prices.databaseHour[type] {
                add("\(database.name)", month * twice, "hours", at: price, "\(type) × 730 h\(standby)")
            } else {
                estimate.unpriced.append("\(type) of \(database.name)")
            }
            let gigabytes = Double(database.allocatedStorage ?? 20)
            let isOfRecords = database.name == topology.databaseInstances.first?.name
            let needed = isOfRecords ? traffic.storedGigabytes * traffic.keptMonths : 0
            var working = "\(Self.short(gigabytes)) GB\(standby)"
            if needed > gigabytes {
                working =
                    "allocatedStorage is full after \(Int(gigabytes / traffic.storedGigabytes)) months, "
                    + "\(Self.short(needed)) GB are needed\(standby)"
            } else if needed > 0 {
                working += "; records of \(Self.short(traffic.keptMonths)) months take \(Self.short(needed))"
            }
            add(
                "\(database.name), storage", max(gigabytes, needed.rounded(.up)) * twice, "GB-months",
                at: prices.databaseGigabyteMonth, working)
        }
        let awake = topology.autoScalingGroups.contains { $0.maxSize != 0 }
        if !topology.databaseInstances.isEmpty, awake, zones > 1 {
            let share = Double(zones - 1) / Double(zones)
            add(
                "Across zones to the database", traffic.databaseGigabytes * share, "GB",
                at: prices.crossZoneGigabyte * 2,
                "\(zones - 1) of \(zones) instances are in another zone; paid by sender and receiver, replication free")
        }
    }

    private mutating func rest(_ assumptions: CostAssumptions) {
        if !topology.buckets.isEmpty {
            add("Buckets", assumptions.bucketGigabytes, "GB-months", at: prices.bucketGigabyteMonth, "assumed")
        }
        // An archive's objects can't be removed before their time.
        if topology.buckets.contains(where: { $0.objectLock != nil }) {
            let traffic = RecordTraffic(assumptions)
            let months = assumptions.months - traffic.keptMonths
            add(
                "Archived records", traffic.archivedGigabytes, "GB-months", at: prices.bucketGigabyteMonth,
                "\(Self.short(months)) months, packed; to S3 by its gateway endpoint, free of charge")
        }
        if !topology.logGroups.isEmpty {
            add("Logs", assumptions.logGigabytes, "GB", at: prices.logGigabyte, "assumed, flow logs among them")
        }
        let perZone = topology.alarms.count { $0.namespace == "AWS/NATGateway" }
        let alarms = topology.alarms.count - perZone + scaled(perZone)
        add("Alarms", Double(alarms), "alarms", at: prices.alarmMonth, "")
        let secrets = topology.databaseInstances.count { $0.manageMasterUserPassword }
        add("Secrets", Double(secrets), "secrets", at: prices.secretMonth, "the database's managed password")
    }

    /// How many of `count` instances, spread evenly, are left when the fullest of `zones` is lost.
    static func survivors(_ count: Int, zones: Int) -> Int { count - (count + zones - 1) / zones }

    /// The least number of instances of which `survivors` are left when the fullest of `zones` is lost.
    static func size(surviving survivors: Int, zones: Int) -> Int {
        guard zones > 1 else { return survivors }
        var size = survivors
        while self.survivors(size, zones: zones) < survivors { size += 1 }
        return size
    }

    static func short(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\((number * 10).rounded() / 10)"
    }
}

extension Topology {
    /// How many hours a day a group is awake: 24, but for one that is put to sleep and woken at a fixed time every day.
    func awakeHours(of group: AutoScalingGroup) -> Double {
        let actions = scheduledActions(of: group)
        guard let sleep = actions.first(where: { $0.maxSize == 0 }).flatMap({ Self.dailyHour($0.recurrence) }),
            let wake = actions.first(where: { ($0.maxSize ?? 0) > 0 }).flatMap({ Self.dailyHour($0.recurrence) })
        else { return 24 }
        let asleep = wake - sleep
        return 24 - (asleep < 0 ? asleep + 24 : asleep)
    }

    /// The hour of `30 1 * * *`, 1.5; nil for anything but a fixed time every day.
    private static func dailyHour(_ cron: String) -> Double? {
        let fields = cron.split(separator: " ")
        guard fields.count == 5, fields[2...].allSatisfy({ $0 == "*" }), let minute = Double(fields[0]),
            let hour = Double(fields[1]), (0..<60).contains(minute), (0..<24).contains(hour)
        else { return nil }
        return hour + minute / 60
    }
}
