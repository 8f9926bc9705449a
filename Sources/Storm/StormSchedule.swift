/// What is done to a site, from a seed: the same seed, the same schedule.
package struct StormSchedule: Sendable {
    /// One deed.
    package enum Deed: Sendable, Hashable {
        /// SIGKILL.
        case kill(String)
        /// SIGTERM: it must end in good order.
        case terminate(String)
        /// SIGSTOP.
        case freeze(String)
        /// SIGCONT.
        case thaw(String)
        /// Started again.
        case start(String)
        /// Somebody walks past a sensor.
        case walk(String)
        /// A manual command: `on`, `off` or `auto`, for so long.
        case command(zone: String, state: String, seconds: Int?)
    }

    /// A storm, and what is looked at in the calm that follows.
    package struct Round: Sendable {
        /// What is done, and when, in milliseconds after the round's start, in order.
        package var deeds: [(milliseconds: Int, deed: Deed)] = []
        /// The node that stays away until the end of the calm, so that the spare has to take its place.
        package var absent: String?
        /// The sensors that somebody walks past, one after the other.
        package var walks: [String] = []
        /// The zone that is switched by hand.
        package var zone = ""

        /// A round without deeds, after which nobody walks.
        package init() {}
    }

    private var random: Random
    private let nodes: [String]
    private let spare: String
    private let fleetAgents: [String]
    private let sensors: [String]
    private let zones: [String]
    private var count = 0

    /// A schedule for these.
    ///
    /// - Parameter spare: the one of the nodes that has no place of its own.
    package init(
        seed: UInt64, nodes: [String], spare: String, fleetAgents: [String], sensors: [String], zones: [String]
    ) {
        random = Random(state: seed)
        self.spare = spare
        (self.nodes, self.fleetAgents, self.sensors, self.zones) = (nodes, fleetAgents, sensors, zones)
    }

    /// The next round: 6 to 14 s of deeds, one every 0.2 to 1.2 s; each third round somebody stays away.
    package mutating func next() -> Round {
        var round = Round()
        count += 1
        let end = Int.random(in: 6000...14_000, using: &random)
        var busy: [String: Int] = [:]
        var at = 0
        let targets = nodes + fleetAgents + Array(repeating: "broker", count: 3)
        while true {
            at += Int.random(in: 200...1200, using: &random)
            if at >= end { break }
            switch Int.random(in: 0..<10, using: &random) {
            case 0...1: round.deeds.append((at, .walk(sensors.randomElement(using: &random) ?? "")))
            case 2:
                let state = ["on", "off", "auto"].randomElement(using: &random) ?? "auto"
                let seconds = Bool.random(using: &random) ? Int.random(in: 1...20, using: &random) : nil
                let zone = zones.randomElement(using: &random) ?? ""
                round.deeds.append((at, .command(zone: zone, state: state, seconds: state == "auto" ? nil : seconds)))
            default:
                let target = targets.randomElement(using: &random) ?? "broker"
                let kind = Int.random(in: 0..<3, using: &random)
                let back = at + Int.random(in: 50...5000, using: &random)
                guard busy[target, default: 0] < at else { continue }
                busy[target] = back
                round.deeds.append((at, [.kill(target), .terminate(target), .freeze(target)][kind]))
                round.deeds.append((back, kind == 2 ? .thaw(target) : .start(target)))
            }
        }
        if count.isMultiple(of: 3) {
            round.absent = nodes.filter { $0 != spare }.randomElement(using: &random)
        }
        round.walks = Array(sensors.shuffled(using: &random).prefix(2))
        round.zone = zones.randomElement(using: &random) ?? ""
        round.deeds = round.deeds.enumerated().sorted {
            ($0.element.milliseconds, $0.offset) < ($1.element.milliseconds, $1.offset)
        }
        .map(\.element)
        return round
    }

    /// Seeded random numbers.
    ///
    /// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014.
    private struct Random: RandomNumberGenerator, Sendable {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
