internal import Lighting

/// A motion sensor on a GPIO line. A line that can't be had, or goes, is tried again, ever more seldom, until it can.
public struct GPIOSensor: MotionSensor {
    /// How many edges are read at a time: a line that swings freely must not keep the loop from all else.
    private static let atATime = 64

    /// Its name.
    public let name: String
    private let input: GPIOSensorInput
    private let consumer: String
    private var line: GPIOLine?
    private var retry = Retry(at: .min)
    private var isFaulty = false
    /// The line's own level, as last seen.
    private var level = false
    private var debouncer: Debouncer?
    private var blindTime: BlindTime
    private var isInMotion = false

    /// A sensor whose line is opened by the first ``attend(at:)``.
    ///
    /// - Parameter consumer: who uses the line, for others to see.
    public init(name: String, input: GPIOSensorInput, consumer: String) {
        self.name = name
        self.input = input
        self.consumer = consumer
        blindTime = BlindTime(period: input.blind, isActive: false)
    }

    /// The descriptor to wait on, readable when an edge waits or the chip is gone; nil while there is no line.
    public var descriptor: Int32? { line?.descriptor }

    /// The latest instant for the next call of ``attend(at:)``, in nanoseconds of the monotonic clock.
    public var nextDue: Int64 { [retry.due, debouncer?.nextDue, blindTime.nextDue].compactMap { $0 }.min() ?? .max }

    /// Does what there is to do at `now`, in nanoseconds of the monotonic clock. It never blocks.
    public mutating func attend(at now: Int64) -> [MotionReport] {
        var reports: [MotionReport] = []
        do throws(HardwareError) {
            if line == nil, let due = retry.due, due <= now { try open(at: now, &reports) }
            if let line { try read(line, at: now, &reports) }
        } catch {
            line = nil
            retry.failed(at: now)
            isFaulty = true
            isInMotion = false
            debouncer = nil
            blindTime = BlindTime(period: input.blind, isActive: false)
            reports.append(.fault(error.description))
        }
        return reports
    }

    private mutating func open(at now: Int64, _ reports: inout [MotionReport]) throws(HardwareError) {
        let line = try GPIOLine.input(
            input.place, isActiveLow: input.isActiveLow, bias: input.bias, debounce: input.debounce,
            consumer: consumer)
        level = try line.isActive()
        self.line = line
        retry.worked()
        if isFaulty { reports.append(.fault(nil)) }
        isFaulty = false
        let needsDebouncing = input.debounce > .zero && !GPIOLine.debouncesInKernel
        debouncer = needsDebouncing ? Debouncer(period: input.debounce, isActive: level) : nil
        if level { tell(GPIOLine.Edge(at: now, isActive: true), &reports) } else { reports.append(.alive) }
    }

    private mutating func read(_ line: GPIOLine, at now: Int64, _ reports: inout [MotionReport]) throws(HardwareError) {
        var count = 0
        while count < GPIOSensor.atATime, let edge = try line.nextEdge() {
            count += 1
            saw(edge, at: now, &reports)
        }
        // The kernel keeps 16 edges at most: if it lost some, the level tells where it ended.
        if count > 0, count < GPIOSensor.atATime {
            let isActive = try line.isActive()
            if isActive != level { saw(GPIOLine.Edge(at: now, isActive: isActive), at: now, &reports) }
        }
        if let edge = debouncer?.settle(at: now) { tell(edge, &reports) }
        if let end = blindTime.settle(at: now) { report(end, &reports) }
    }

    private mutating func saw(_ edge: GPIOLine.Edge, at now: Int64, _ reports: inout [MotionReport]) {
        var edge = edge
        level = edge.isActive
        if GPIOLine.debouncesInKernel { edge.instant -= input.debounce.nanoseconds }
        edge.instant = min(edge.instant, now)
        if debouncer == nil {
            tell(edge, &reports)
        } else if let settled = debouncer?.handle(edge) {
            tell(settled, &reports)
        }
    }

    private mutating func tell(_ edge: GPIOLine.Edge, _ reports: inout [MotionReport]) {
        for motion in blindTime.handle(edge) { report(motion, &reports) }
    }

    private mutating func report(_ motion: GPIOLine.Edge, _ reports: inout [MotionReport]) {
        guard motion.isActive != isInMotion else { return }
        isInMotion = motion.isActive
        reports.append(.motion(motion.isActive, at: motion.instant))
    }
}
