/// A given second zone's loss, a given time after the first: what is left of a database, by simulation.
public struct SecondLoss: Sendable, Hashable {
    /// A database after both losses, as shares of the trials (0…1).
    public struct Database: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The second loss takes nothing of it, or only its standby.
        public var answers: Double
        /// The chance that it fails over.
        public var failsOver: Double
        /// No zone that is left has a copy in step: it is down until a zone is back, or restored from backups.
        public var down: Double
    }

    /// The second zone.
    public var zone: AvailabilityZone
    /// The time after the first loss.
    public var after: Duration
    /// The chance that the first is still away by then.
    public var firstStillAway: Double
    /// The databases.
    public var databases: [Database]

    /// Plays both losses through.
    public static func run(
        _ model: OutageModel, _ request: OutageSimulation.Request, second zone: AvailabilityZone, after: Duration
    ) -> SecondLoss {
        var simulation = OutageSimulation(
            model: model, request: request, generator: SeededGenerator(seed: request.seed))
        let at = after.inSeconds
        var away = 0
        for _ in 0..<request.trials
        where request.timings.zoneReturn.seconds(at: simulation.generator.unit()) > at { away += 1 }
        let databases = model.databases.map { database in
            simulation.state(of: database, second: zone, at: at)
        }
        return SecondLoss(
            zone: zone, after: after, firstStillAway: Double(away) / Double(max(1, request.trials)),
            databases: databases)
    }
}

extension OutageSimulation {
    mutating func state(
        of database: OutageModel.Database, second: AvailabilityZone, at seconds: Double
    ) -> SecondLoss.Database {
        // Zone 0 of a course is the one that is lost first.
        let order = [request.zone] + database.zones.filter { $0 != request.zone }
        let isHit = database.zones.contains(request.zone)
        let lost = database.zones.contains(second) ? order.firstIndex(of: second) : nil
        var (answers, failsOver, down) = (0, 0, 0)
        for _ in 0..<request.trials {
            var course = course(zones: database.zones.count, multiAZ: database.multiAZ)
            if !isHit {
                course = DatabaseCourse(
                    primary: course.primary + 1, standby: nil, answers: 0, isProtected: 0,
                    newStandby: course.standby.map { $0 + 1 })
            }
            let hasFailedOver = course.primary == 0 && course.standby != nil
            let holder = hasFailedOver ? course.standby ?? 0 : course.primary
            let standby = course.isProtected <= seconds ? course.newStandby : nil
            if course.answers > seconds, holder == 0 {
                down += 1
            } else if holder != lost {
                answers += 1
            } else if standby != nil, standby != lost {
                failsOver += 1
            } else {
                down += 1
            }
        }
        let all = Double(max(1, request.trials))
        return SecondLoss.Database(
            name: database.name, answers: Double(answers) / all, failsOver: Double(failsOver) / all,
            down: Double(down) / all)
    }
}
