internal import Glibc
internal import Lighting
internal import MQTT
internal import Platform
internal import Processes
internal import TestSupport

/// The chaos: deeds, each undone after some seconds, while sensors see motion.
struct Chaos {
    /// What is done.
    private enum Deed: CaseIterable {
        case killInstance, endInstance, freezeInstance, scaleToZero, killBalancer
        case failOver, killPrimary, killStandby, fillDatabase
        case killFleetAgent, freezeFleetAgent, fillOutbox, cutUplink, severUplink
        case killBroker, killNode
    }

    private let site: ChaosSite
    private let client: MQTTClient
    private var random: SplitMix64
    private let tally = ChaosTally()
    private let start = MonotonicClock.now
    private var done: [String: Int] = [:]

    init(site: ChaosSite, client: MQTTClient, seed: UInt64) {
        (self.site, self.client, random) = (site, client, SplitMix64(seed: seed))
    }

    /// Runs for so long, and returns what went wrong.
    mutating func run(minutes: Double) async throws -> [String] {
        try await client.connected(within: .seconds(20))
        let (tally, site) = (tally, site)
        let messages = try await client.messages(["footlight/\(ChaosSite.name)/node/+/recorded"])
        let listener = Task { for try await message in messages { tally.take(message) } }
        let seed = random.next()
        let walker = Task {
            var random = SplitMix64(seed: seed)
            while !Task.isCancelled {
                site.move(ChaosSite.nodes.randomElement(using: &random) ?? "")
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...200, using: &random)))
            }
        }
        defer {
            listener.cancel()
            walker.cancel()
        }
        // Before anything is broken: does anything arrive?
        guard try await awaitAll(within: .seconds(120)) else { return ["nothing arrives though nothing is broken"] }
        let end = MonotonicClock.now + Int64(minutes * 60e9)
        while MonotonicClock.now < end {
            try await round()
            let faults = try site.faults()
            if !faults.isEmpty { return faults }
        }
        walker.cancel()
        note("all is restored; what is under way arrives")
        return try await judge()
    }

    private mutating func round() async throws {
        var deeds = Set<Deed>()
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            if let deed = Deed.allCases.randomElement(using: &random) { deeds.insert(deed) }
        }
        // Each in the order of its name, so that the same seed does the same.
        for deed in deeds.sorted(by: { "\($0)" < "\($1)" }) {
            note("\(deed)")
            done["\(deed)", default: 0] += 1
            let (site, chosen) = (site, choice(for: deed))
            try await onThread { try Chaos.perform(deed, chosen, at: site) }
            try await pause(milliseconds: 0...1500)
        }
        try await pause(milliseconds: 500...6000)
        let site = site
        try await onThread { try site.restore() }
        try await pause(milliseconds: 0...8000)
    }

    private mutating func choice(for deed: Deed) -> String {
        switch deed {
        case .killInstance, .endInstance, .freezeInstance: ChaosSite.instances.randomElement(using: &random) ?? ""
        case .killNode: ChaosSite.nodes.randomElement(using: &random) ?? ""
        default: ChaosSite.fleetAgents.randomElement(using: &random) ?? ""
        }
    }

    private static func perform(_ deed: Deed, _ chosen: String, at site: ChaosSite) throws {
        switch deed {
        case .killInstance, .killFleetAgent, .killNode: try site.signal([chosen], SIGKILL)
        case .endInstance: try site.signal([chosen], SIGTERM)
        case .freezeInstance, .freezeFleetAgent: try site.signal([chosen], SIGSTOP)
        case .scaleToZero: try site.signal(ChaosSite.instances, SIGTERM)
        case .killBalancer: try site.signal(["balancer"], SIGKILL)
        case .killBroker: try site.signal(["broker"], SIGKILL)
        case .failOver: try site.pair.failOver()
        case .killPrimary: try site.pair.killPrimary()
        case .killStandby: try site.pair.killStandby()
        case .fillDatabase: _ = try site.pair.fillDisk()
        case .fillOutbox: try site.fill(chosen)
        case .cutUplink: site.links[chosen]?.cut()
        case .severUplink: site.links[chosen]?.sever()
        }
    }

    // MARK: - The judge

    private mutating func judge() async throws -> [String] {
        let site = site
        try await onThread { try site.restore() }
        var faults = try site.faults()
        let isAll = try await awaitAll(within: .seconds(900))
        let taken = tally.taken
        let rows = try await onThread {
            try site.ask(
                """
                SELECT node, boot, count(*), count(DISTINCT sequence), min(sequence), max(sequence) FROM record
                GROUP BY 1, 2 ORDER BY 1, 2
                """)
        }
        var (records, missing) = (0, 0)
        var there: [ChaosTally.Boot: Int] = [:]
        for row in rows {
            let numbers = row[2...].map { Int($0) ?? 0 }
            records += numbers[0]
            there[ChaosTally.Boot(node: row[0], boot: row[1])] = numbers[3]
            if numbers[0] != numbers[1] {
                faults.append("\(row[0])/\(row[1]): \(numbers[0] - numbers[1]) records are there twice")
            }
            if numbers[1] != numbers[3] || numbers[2] != 1 {
                faults.append("\(row[0])/\(row[1]): \(numbers[3] - numbers[1]) records are missing amid others")
            }
        }
        for (boot, last) in taken where there[boot, default: 0] < last {
            missing += last - there[boot, default: 0]
            faults.append(
                "\(boot.node)/\(boot.boot): \(there[boot, default: 0]) of \(last) records that were taken are there")
        }
        if !isAll, missing == 0 { faults.append("what was taken wasn't there within 900 s") }
        if let findings = try await onThread({ try site.verify() }) { faults.append("verify: \(findings)") }
        let deeds = done.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        say("chaos: \(deeds)")
        say(
            "chaos: \(taken.values.reduce(0, +)) records of \(taken.count) lives of nodes were acknowledged, \(records) of "
                + "\(rows.count) lives are in the database, \(missing) missing, \(faults.count) faults")
        return faults
    }

    /// Whether all that was taken so far, and something, is in the database: what is missing amid others may be in the outbox
    /// of the fleet agent that led before.
    private func awaitAll(within limit: Duration) async throws -> Bool {
        let (site, tally) = (site, tally)
        return try await onThread {
            let deadline = Deadline(limit)
            while !deadline.hasPassed {
                let taken = tally.taken
                let asked = "SELECT node, boot, max(sequence), count(DISTINCT sequence) FROM record GROUP BY 1, 2"
                let rows = (try? site.ask(asked)) ?? []
                var there: [ChaosTally.Boot: Int] = [:]
                for row in rows { there[ChaosTally.Boot(node: row[0], boot: row[1])] = Int(row[2]) ?? 0 }
                let isWhole = rows.allSatisfy { $0[2] == $0[3] }
                if !taken.isEmpty, isWhole, taken.allSatisfy({ there[$0.key, default: 0] >= $0.value }) { return true }
                usleep(300_000)
            }
            return false
        }
    }

    // MARK: - Time

    private func note(_ text: String) {
        let tenths = (MonotonicClock.now - start) / 100_000_000
        say("  \(tenths / 10).\(tenths % 10) s  \(text)")
    }

    private mutating func pause(milliseconds range: ClosedRange<Int>) async throws {
        try await Task.sleep(for: .milliseconds(Int.random(in: range, using: &random)))
    }
}
