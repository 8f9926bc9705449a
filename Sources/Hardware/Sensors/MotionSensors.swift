private import CLinux
private import Glibc

/// A node's motion sensors on the board, behind one descriptor.
public final class MotionSensors {
    /// A report, and the sensor that it is of.
    public typealias Report = (sensor: String, report: MotionReport)

    /// A descriptor that is readable when one of them has something to read; -1 if there are none.
    public let descriptor: Int32
    private var sensors: [any MotionSensor]

    /// - Throws: ``HardwareError`` when the kernel has no descriptor left.
    public init(_ sensors: [any MotionSensor]) throws(HardwareError) {
        self.sensors = sensors
        descriptor = sensors.isEmpty ? -1 : epoll_create1(Int32(EPOLL_CLOEXEC))
        guard sensors.isEmpty || descriptor >= 0 else {
            throw HardwareError(
                .unavailable, "no descriptor left (\(String(cString: strerror(errno)))); raise LimitNOFILE")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The latest instant for the next call of ``attend(at:)``, in nanoseconds of the monotonic clock.
    public var nextDue: Int64 { sensors.lazy.map(\.nextDue).min() ?? .max }

    /// Does what there is to do at `now`, in nanoseconds of the monotonic clock. It never blocks.
    public func attend(at now: Int64) -> [Report] {
        var reports: [Report] = []
        for index in sensors.indices {
            let before = sensors[index].descriptor
            let found = sensors[index].attend(at: now)
            // A descriptor that is closed is no longer waited on, of itself.
            if let after = sensors[index].descriptor, after != before { wait(on: after) }
            reports += found.map { (sensors[index].name, $0) }
        }
        return reports
    }

    private func wait(on other: Int32) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data())
        _ = epoll_ctl(descriptor, EPOLL_CTL_ADD, other, &event)
    }
}
