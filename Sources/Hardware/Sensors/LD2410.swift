package import Documents

/// A presence radar LD2410, LD2410B or LD2410C on a serial line.
package struct LD2410: SensorDriver {
    /// What of its reports counts.
    package enum Counted: String, Sendable, Hashable, CaseIterable {
        /// Who moves, and who is there without moving.
        case presence
        /// Who moves.
        case motion
    }

    /// The speeds that may be asked for, in baud.
    package static let speeds = 9600...460_800
    /// The speed of a file that says nothing, which B and C have when they are new.
    ///
    /// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.1.
    package static let defaultSpeed = 256_000

    /// The distances that may be asked for, in centimetres: a gate of the finest, and what eight of 0.75 m reach.
    package static let distances = 20...600

    package static let name = "ld2410"
    package static let fields = [
        DriverField("device", "the path of a serial line"),
        DriverField("speed", "9600 to 460800", usual: "256000"),
        DriverField("counts", "presence or motion", usual: "presence"),
        DriverField("within", "0.2m to 6m: who is farther off doesn't count", usual: "as far as the gates"),
        DriverField("gates", "{moving, still}: the farthest gates, 2 to 8", usual: "as the radar has them"),
        DriverField(
            "sensitivity", "{moving, still}: by gate, 0 to 100: the energy to be exceeded",
            usual: "as the radar has it"),
        DriverField("timeout", "0s to 65535s: the radar's own", usual: "as the radar has it"),
    ]
    package static let example = "{driver: ld2410, device: /dev/serial0}"

    package let device: String
    package let speed: Int
    package let counts: Counted
    /// The distance beyond which nobody counts, in centimetres; nil: none.
    package let within: Int?
    package let settings: LD2410Settings

    package init(
        device: String, speed: Int = defaultSpeed, counts: Counted = .presence, within: Int? = nil,
        settings: LD2410Settings = .init()
    ) {
        self.device = device
        self.speed = speed
        self.counts = counts
        self.within = within
        self.settings = settings
    }

    package init?(_ fields: FieldMap) {
        let device = fields.required("device", example: "/dev/serial0")?
            .absolutePath("the path of a serial line", example: "/dev/serial0")
        let speed = fields["speed"]?.integer(in: LD2410.speeds, "a speed in baud", example: "256000")
        let counts = fields["counts"]?
            .choice("what counts", of: Counted.allCases.map { (name: $0.rawValue, value: $0) })
        let within = fields["within"]?.distance()
        var settings = LD2410Settings()
        if let gates = fields["gates"]?.fields(["moving", "still"], example: "{moving: 4, still: 3}") {
            settings.farthestMoving = gates["moving"]?.gate(example: "4")
            settings.farthestStill = gates["still"]?.gate(example: "3")
        }
        let example = "{moving: {0: 50}, still: {2: 40}}"
        if let sensitivity = fields["sensitivity"]?.fields(["moving", "still"], example: example) {
            settings.moving = sensitivity["moving"]?.sensitivities(LD2410Settings.movingGates) ?? [:]
            settings.still = sensitivity["still"]?.sensitivities(LD2410Settings.stillGates) ?? [:]
        }
        let limit = Duration.seconds(LD2410Settings.timeouts.upperBound)
        if let field = fields["timeout"],
            let timeout = field.duration(in: .zero...limit, "the radar's timeout", example: "1s")
        {
            settings.timeout = Int(timeout.components.seconds)
            if timeout != .seconds(timeout.components.seconds) {
                field.fail(
                    .malformed, "is no whole number of seconds", allowed: "the radar counts seconds",
                    remedy: field.write("1s"))
            }
        }
        guard let device else { return nil }
        self.init(
            device: device, speed: speed ?? LD2410.defaultSpeed, counts: counts ?? .presence, within: within,
            settings: settings)
    }

    package var claims: [Claim] { [.part(device)] }

    package func sensor(_ name: String, node: String) -> (any MotionSensor)? { LD2410Sensor(name: name, input: self) }

    package func findings(_ check: String, on board: Board) -> [Finding] {
        switch board.obstacle(device, .readWrite) {
        case 0: [.fine(check, "\(device) is there; whether the radar speaks, footlight get sensors says")]
        case let error: [.fault(check, SerialPort.failure(error, at: device))]
        }
    }
}

extension Field {
    fileprivate func gate(example: String) -> Int? {
        integer(in: LD2410Settings.farthestGates, "the farthest gate", example: example)
    }

    /// A distance such as `2.5m`, in centimetres.
    fileprivate func distance() -> Int? {
        guard let text = text("a distance", example: "2.5m") else { return nil }
        let allowed = "a distance is 0.2m to 6m"
        guard text.hasSuffix("m"), let centimetres = DecimalText.scaled(text.dropLast(), by: 100) else {
            fail(.malformed, "is no distance in metres", allowed: allowed, remedy: write("2.5m"))
            return nil
        }
        guard LD2410.distances.contains(Int(clamping: centimetres)) else {
            fail(
                .outOfRange, "is too \(centimetres < LD2410.distances.lowerBound ? "near" : "far")", allowed: allowed,
                remedy: write("2.5m"))
            return nil
        }
        return Int(centimetres)
    }

    /// A gate's number, and the energy that must be exceeded there, and so on.
    fileprivate func sensitivities(_ gates: ClosedRange<Int>) -> [Int: Int]? {
        guard let fields = fields(gates.map(String.init), example: "{\(gates.lowerBound): 40}") else { return nil }
        var read: [Int: Int] = [:]
        for gate in gates {
            read[gate] = fields["\(gate)"]?.integer(in: 0...100, "the energy to be exceeded", example: "40")
        }
        return read
    }
}

/// A presence radar while it is read. A line that can't be had, or goes, is tried again, ever more seldom, until it can.
struct LD2410Sensor: MotionSensor {
    /// The time without a frame after which the radar counts as gone: it sends ten a second.
    static let patience: Int64 = 5_000_000_000

    /// How often a radar that sees somebody is said to be alive.
    static let lifeSign: Int64 = 60_000_000_000

    let name: String
    private let input: LD2410
    private var port: SerialPort?
    private var retry = Retry(at: .min)
    private var reader = LD2410Reader()
    private var setup: LD2410Setup
    private var heardAt: Int64 = 0
    private var isInMotion: Bool?
    /// When the radar was last said to be alive, or to see somebody anew.
    private var toldAt: Int64 = 0
    /// The trouble that was told last.
    private var told: String?

    /// A radar whose line is opened by the first ``attend(at:)``.
    init(name: String, input: LD2410) {
        self.name = name
        self.input = input
        setup = LD2410Setup(LD2410Settings(), at: 0)
    }

    var descriptor: Int32? { port?.descriptor }

    var nextDue: Int64 {
        guard port != nil else { return retry.due ?? .max }
        return min(setup.nextDue ?? .max, heardAt &+ LD2410Sensor.patience)
    }

    mutating func attend(at now: Int64) -> [MotionReport] {
        var reports: [MotionReport] = []
        do throws(HardwareError) {
            if port == nil, let due = retry.due, due <= now { try open(at: now) }
            if let port { try read(port, at: now, &reports) }
        } catch {
            port = nil
            isInMotion = nil
            retry.failed(at: now)
            tell(error.description, &reports)
        }
        return reports
    }

    private mutating func open(at now: Int64) throws(HardwareError) {
        port = try SerialPort(path: input.device, baud: input.speed)
        reader = LD2410Reader()
        setup = LD2410Setup(input.settings, at: now)
        heardAt = now
        retry.worked()
    }

    private mutating func read(
        _ port: SerialPort, at now: Int64, _ reports: inout [MotionReport]
    ) throws(HardwareError) {
        let frames = reader.frames
        for message in reader.read(try port.read()) {
            setup.handle(message, at: now)
            if case .report(let report) = message { see(report, at: now, &reports) }
        }
        if reader.frames != frames { heardAt = now }
        while let bytes = setup.tick(at: now) { try port.write(bytes) }
        if now &- heardAt >= LD2410Sensor.patience {
            throw HardwareError(
                .unavailable,
                "the radar on \(input.device) says nothing\(reader.skipped > 0 ? " that is understood" : ""); see that "
                    + "it has 5 V, that its TX is wired to the port's RX, and that its speed is \(input.speed) baud")
        }
        // Reports come before the settings are as asked, and count.
        if setup.trouble != nil || isInMotion != nil { tell(setup.trouble, &reports) }
    }

    private mutating func see(_ report: LD2410Report, at now: Int64, _ reports: inout [MotionReport]) {
        func isNear(_ centimetres: Int) -> Bool { centimetres <= input.within ?? .max }
        let seen =
            report.isMoving && isNear(report.movingDistance)
            || input.counts == .presence && report.isStill && isNear(report.stillDistance)
        defer { isInMotion = seen }
        guard seen != isInMotion else {
            // Somebody may sit there for hours; a radar that says so all the time isn't stuck.
            if seen, now &- toldAt >= LD2410Sensor.lifeSign {
                toldAt = now
                reports.append(.alive)
            }
            return
        }
        toldAt = now
        if isInMotion == nil, !seen {
            reports.append(.alive)
        } else {
            reports.append(.motion(seen, at: now))
        }
    }

    private mutating func tell(_ trouble: String?, _ reports: inout [MotionReport]) {
        guard trouble != told else { return }
        told = trouble
        reports.append(.fault(trouble))
    }
}
