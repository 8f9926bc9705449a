import Glibc
import Hardware
import MQTT
import Platform
import Processes
import TestSupport
import Testing

@Suite("A sensor on a GPIO line, by either libgpiod", .inLab)
struct GPIOSensorTests {
    @Test
    func `motion begins and ends with the line, at the edge's own instants`() throws {
        let chip = try SimulatedChip()
        let sensor = try ReadSensor(GPIOSensorInput(.offset(3, chip: chip.name)))
        #expect(try sensor.reports(for: .milliseconds(20)) == [.alive])
        let before = MonotonicClock.now
        try chip.pull(3, true)
        try expect(try sensor.next(), is: true, from: before)
        try chip.pull(3, false)
        try expect(try sensor.next(), is: false, from: before)
    }

    @Test
    func `what is in motion already when the line is opened is motion`() throws {
        let chip = try SimulatedChip()
        try chip.pull(3, true)
        let before = MonotonicClock.now
        try expect(try ReadSensor(GPIOSensorInput(.offset(3, chip: chip.name))).next(), is: true, from: before)
    }

    @Test
    func `what bounces counts when it rests, from its first edge on`() throws {
        let chip = try SimulatedChip()
        let input = GPIOSensorInput(.offset(3, chip: chip.name), debounce: .milliseconds(80))
        let sensor = try ReadSensor(input)
        _ = try sensor.reports(for: .milliseconds(1))
        // A glitch: never told of.
        try chip.pull(3, true)
        _ = try sensor.reports(for: .milliseconds(20))
        try chip.pull(3, false)
        #expect(try sensor.reports(for: .milliseconds(200)).isEmpty)
        // Bounces, and then rest.
        for level in [true, false] {
            try chip.pull(3, level)
            #expect(try sensor.reports(for: .milliseconds(15)).isEmpty)
        }
        let last = MonotonicClock.now
        try chip.pull(3, true)
        guard case .motion(true, let instant) = try sensor.next() else { throw TestFailure("no motion") }
        #expect(MonotonicClock.now - last >= 80_000_000)
        // The kernel's debouncer stamps its end in ticks: it may be late by a few.
        #expect(instant >= last && instant < last + 30_000_000, "\(instant - last) ns after the edge")
    }

    @Test
    func `a chip that goes is a fault, and when it is back the sensor sees again`() throws {
        let chip = try SimulatedChip()
        let sensor = try ReadSensor(GPIOSensorInput(.offset(3, chip: chip.label)))
        #expect(try sensor.next() == .alive)
        try chip.pull(3, true)
        #expect(try sensor.next().isMotion(true))
        try chip.unplug()
        guard case .fault(let reason?) = try sensor.next() else { throw TestFailure("no fault") }
        #expect(reason.contains("is gone") && reason.contains("plug it in again"))
        // Tried again, and no more often than needs be.
        let faults = try sensor.reports(for: .milliseconds(1800))
        #expect((1...3).contains(faults.count), "\(faults)")
        #expect(faults.allSatisfy { if case .fault(let why?) = $0 { why.contains("no such chip") } else { false } })
        try chip.plugIn()
        try chip.pull(3, true)
        #expect(try sensor.next() == .fault(nil))
        #expect(try sensor.next().isMotion(true))
    }

    private func expect(_ report: MotionReport, is motion: Bool, from before: Int64) throws {
        guard case .motion(let seen, let instant) = report else { throw TestFailure("\(report)") }
        #expect(seen == motion)
        #expect(instant >= before && instant <= MonotonicClock.now)
    }
}

extension MotionReport {
    fileprivate func isMotion(_ seen: Bool) -> Bool { if case .motion(seen, _) = self { true } else { false } }
}

/// A sensor, read as the agent's loop reads it.
private final class ReadSensor {
    private let sensors: MotionSensors
    private var waiting: [MotionReport] = []

    init(_ input: GPIOSensorInput) throws {
        sensors = try MotionSensors([GPIOSensor(name: "pir", input: input, consumer: "test")])
        attend()
    }

    /// The next report.
    func next() throws -> MotionReport {
        let deadline = Deadline(.seconds(10))
        while waiting.isEmpty {
            guard !deadline.hasPassed else { throw TestFailure("no report") }
            wait(until: deadline.instant)
        }
        return waiting.removeFirst()
    }

    /// All reports of the next while.
    func reports(for time: Duration) throws -> [MotionReport] {
        let deadline = Deadline(time)
        while !deadline.hasPassed { wait(until: deadline.instant) }
        defer { waiting = [] }
        return waiting
    }

    private func wait(until instant: Int64) {
        let wait = max(0, min(instant, sensors.nextDue) - MonotonicClock.now)
        var entry = pollfd(fd: sensors.descriptor, events: Int16(POLLIN), revents: 0)
        poll(&entry, 1, Int32(clamping: (wait + 999_999) / 1_000_000))
        attend()
    }

    private func attend() { waiting += sensors.attend(at: MonotonicClock.now).map(\.report) }
}
