internal import Glibc
internal import Processes

/// The reference programs, which run at the same time as what they are beside.
struct References: Sendable {
    let programs: Programs
    let folder: BenchFolder

    init(_ programs: Programs) throws {
        self.programs = programs
        folder = try BenchFolder()
    }

    /// Processes that wake by timerfd, `offset` nanoseconds after each activation.
    func wake(_ schedule: Schedule, processes: Int, offset: Int64) throws -> ChildProcess {
        try start([
            "wake", "\(schedule.sets)", "\(processes)", "\(schedule.first + offset)", "\(schedule.period)",
            "\(schedule.rounds)", folder.path,
        ])
    }

    /// Subscribers, until they are ended.
    func subscribe(port: UInt16, sets: Int, processes: Int, connections: Int = 1) throws -> ChildProcess {
        try start(["subscribe", "\(port)", "\(sets)", "\(processes)", "\(connections)", folder.path])
    }

    /// Publishers of `messages` messages each, `offset` nanoseconds after each activation.
    func publish(
        _ schedule: Schedule, port: UInt16, messages: Int = 1, offset: Int64
    ) throws -> ChildProcess {
        // As many bytes as a sensor's register has.
        try start([
            "publish", "\(port)", "\(schedule.sets)", "\(schedule.first + offset)", "\(schedule.period)",
            "\(schedule.rounds)",
            "\(messages)", "250", folder.path,
        ])
    }

    /// Simulated Wi-Fi on the way to a broker.
    func proxy(listen: UInt16, to port: UInt16) throws -> ChildProcess {
        try start(["proxy", "\(listen)", "\(port)", "3000", "15000", "1"])
    }

    /// Awaits their end and takes the stamps of `wake`: of each waking, how late each process was, and the spread.
    func wakings(_ child: ChildProcess, _ schedule: Schedule, processes: Int) throws -> (
        late: Sample, spread: Sample
    ) {
        try child.waitForEnd(within: .seconds(30))
        let files = stamps("wake", sets: schedule.sets, processes: processes)
        var byInstant: [Int64: [Int64]] = [:]
        for line in files where line.count == 2 { byInstant[line[0], default: []].append(line[1]) }
        let late = byInstant.flatMap { planned, actual in actual.map { Double($0 - planned) } }
        return (Sample(late), Sample(byInstant.values.compactMap(Spread.of)))
    }

    /// The stamps of subscribers: of each message, when it was published and when it came where.
    func arrivals(sets: Int, processes: Int) -> [Int64: [Int64]] {
        var bySending: [Int64: [Int64]] = [:]
        for line in stamps("arrive", sets: sets, processes: processes) where line.count == 3 {
            bySending[line[0], default: []].append(line[1])
        }
        return bySending
    }

    /// Ends a program of the kind that goes on by itself.
    func end(_ child: ChildProcess) throws {
        // Its children end with it.
        child.signal(SIGKILL)
        try child.waitForEnd()
    }

    private func stamps(_ kind: String, sets: Int, processes: Int) -> [[Int64]] {
        (0..<sets).flatMap { set in
            (0..<processes).flatMap { folder.numbers(in: "\(kind)-\(set)-\($0)") }
        }
    }

    private func start(_ arguments: [String]) throws -> ChildProcess {
        let child = try ChildProcess(programs.reference, arguments)
        try child.waitForOutput("ready", within: .seconds(60))
        return child
    }
}
