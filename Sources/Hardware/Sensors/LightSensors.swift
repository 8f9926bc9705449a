private import Glibc
internal import Platform

/// A node's light sensors of the IIO class. A reading takes a sensor up to half a second, so a thread of their own waits for
/// it, and hands it over by a pipe.
public final class LightSensors {
    /// A sensor's illuminance, in lux, or the reason why it can't be read.
    public typealias Reading = (sensor: String, lux: Result<Double, HardwareError>)

    /// One sensor's reading on its way from thread to thread: less than a pipe hands over whole.
    private struct Record {
        var sensor: Int32
        /// `errno`, or 0.
        var error: Int32
        var lux: Double
    }

    /// How often they are read: dusk takes its time.
    private static let interval = timespec(tv_sec: 1, tv_nsec: 0)

    /// A descriptor that is readable when readings wait; -1 if there are no sensors.
    public let descriptor: Int32
    private let sensors: [(name: String, device: String)]

    /// - Parameters:
    ///   - sensors: by name, and by what IIO calls each.
    ///   - root: what stands for `/`.
    /// - Throws: ``HardwareError`` when the kernel has no descriptor or thread left.
    public init(_ sensors: [(name: String, device: String)], root: String = "") throws(HardwareError) {
        self.sensors = sensors
        guard !sensors.isEmpty else {
            descriptor = -1
            return
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw HardwareError(
                .unavailable, "no descriptor left (\(String(cString: strerror(errno)))); raise LimitNOFILE")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        let devices = sensors.map { IIOLightSensor(device: $0.device, root: root) }
        let output = ends[1]
        let isStarted = DetachedThread.start(stackBytes: 65_536) { LightSensors.read(devices, into: output) }
        guard isStarted else {
            close(output)
            throw HardwareError(.unavailable, "no thread left for light sensors; raise TasksMax")
        }
    }

    /// The thread ends with its next reading.
    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func read(_ devices: [IIOLightSensor], into output: Int32) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        while true {
            for (index, device) in devices.enumerated() {
                var record = Record(sensor: Int32(index), error: 0, lux: 0)
                switch device.read() {
                case .success(let lux): record.lux = lux
                case .failure(let failure): record.error = failure.number
                }
                let count = write(output, &record, MemoryLayout<Record>.size)
                // A full pipe loses a reading; the next is on its way.
                if count < 0, errno == EPIPE {
                    close(output)
                    return
                }
            }
            var interval = interval
            nanosleep(&interval, nil)
        }
    }

    /// The readings that wait. It never blocks.
    public func readings() -> [Reading] {
        guard descriptor >= 0 else { return [] }
        var readings: [Reading] = []
        var record = Record(sensor: 0, error: 0, lux: 0)
        while Glibc.read(descriptor, &record, MemoryLayout<Record>.size) == MemoryLayout<Record>.size {
            let (name, device) = sensors[Int(record.sensor)]
            readings.append(
                (name, record.error == 0 ? .success(record.lux) : .failure(LightSensors.failure(record.error, device))))
        }
        return readings
    }

    /// The fault that the system's `error` number means at a device.
    private static func failure(_ error: Int32, _ device: String) -> HardwareError {
        if error == ENOTTY {
            return HardwareError(
                .unsuitable, "IIO device \(device) measures no light; name another: cat /sys/bus/iio/devices/*/name")
        }
        return HardwareError(
            errno: error, at: "IIO device \(device)",
            ifMissing: "load its overlay (Raspberry Pi: dtoverlay=i2c-sensor,bh1750) and check the name: "
                + "cat /sys/bus/iio/devices/*/name", group: "i2c")
    }

    /// Looks at one sensor.
    ///
    /// - Returns: how bright it is, in lux.
    public static func look(at device: String, root: String = "") throws(HardwareError) -> Double {
        switch IIOLightSensor(device: device, root: root).read() {
        case .success(let lux): return lux
        case .failure(let failure): throw LightSensors.failure(failure.number, device)
        }
    }
}
