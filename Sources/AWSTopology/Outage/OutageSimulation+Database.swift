extension OutageSimulation {
    /// From one point of a database's states to the next, in seconds.
    static var databaseStep: Double { 600 }
    /// How many points there are: up to nine hours.
    static var databasePoints: Int { 55 }

    /// One loss as a database sees it, in seconds after it.
    struct DatabaseCourse {
        /// The zone of the primary before, of the zones of the group, of which 0 is lost.
        var primary: Int
        /// The zone of the standby before; nil for none.
        var standby: Int?
        /// It answers again; 0 where it never stopped.
        var answers: Double
        /// It has a synchronous standby again; 0 where it never lost it, infinite where it never had one.
        var isProtected: Double
        /// The zone of that standby.
        var newStandby: Int?
    }

    /// Plays one loss of zone 0 of `zones` through.
    mutating func course(zones: Int, multiAZ: Bool) -> DatabaseCourse {
        let timings = request.timings
        func draw(_ spread: TimeSpread) -> Double { spread.seconds(at: generator.unit()) }
        let primary = generator.index(below: max(1, zones))
        let back = draw(timings.zoneReturn)
        guard multiAZ, zones > 1 else {
            return DatabaseCourse(
                primary: primary, standby: nil, answers: primary == 0 ? back : 0, isProtected: .infinity)
        }
        let standby = (primary + 1 + generator.index(below: zones - 1)) % zones
        guard primary == 0 || standby == 0 else {
            return DatabaseCourse(
                primary: primary, standby: standby, answers: 0, isProtected: 0, newStandby: standby)
        }
        let answers = primary == 0 ? draw(timings.databaseFailover) : 0
        let rebuilt = zones > 2 ? answers + draw(timings.standbyRebuild) : .infinity
        let holder = primary == 0 ? standby : primary
        let third = (1..<zones).first { $0 != holder }
        return DatabaseCourse(
            primary: primary, standby: standby, answers: answers, isProtected: min(rebuilt, back),
            newStandby: rebuilt < back ? third : 0)
    }

    mutating func state(of database: OutageModel.Database) -> OutageOutcome.Database {
        let count = database.zones.count
        let isHit = database.zones.contains(request.zone)
        var answering = [Int](repeating: 0, count: Self.databasePoints)
        var protected = answering
        var outages: [Double] = []
        var windows: [Double] = []
        for _ in 0..<(isHit ? request.trials : 0) {
            let course = course(zones: count, multiAZ: database.multiAZ)
            outages.append(course.answers)
            windows.append(course.isProtected)
            Self.mark(&answering, from: course.answers)
            Self.mark(&protected, from: max(course.answers, course.isProtected))
        }
        let all = Double(max(1, request.trials))
        var outcome = OutageOutcome.Database(
            name: database.name, zones: count, outage: OutageDistribution(outages),
            window: OutageDistribution(windows))
        guard isHit else { return outcome }
        outcome.protected = Self.running(protected).map { Double($0) / all }
        outcome.alone = zip(Self.running(answering), Self.running(protected)).map { Double($0 - $1) / all }
        return outcome
    }

    /// Counts a trial from the first point at or after `seconds` on; ``running(_:)`` adds up.
    private static func mark(_ points: inout [Int], from seconds: Double) {
        let index = (seconds / databaseStep).rounded(.up)
        if index < Double(points.count) { points[Int(index)] += 1 }
    }

    private static func running(_ counts: [Int]) -> [Int] {
        var sum = 0
        return counts.map { count in
            sum += count
            return sum
        }
    }
}
