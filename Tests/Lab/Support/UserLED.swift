import Glibc
import Platform
import Processes
import TestSupport

/// An LED of the kernel's LED class whose light is this test: `/sys/class/leds/<name>`.
///
/// A brightness that is what it was is no event.
final class UserLED: Sendable {
    /// A brightness that was set.
    struct Brightness: Sendable, Hashable {
        /// Nanoseconds of `CLOCK_MONOTONIC`, when it was heard of.
        let t: Int64
        let value: Int
    }

    /// Its folder.
    let path: String
    private let descriptor: Int32
    private let heard = Monitor<[Brightness]>([])

    init(_ name: String, maximum: Int32 = 255) throws {
        path = "/sys/class/leds/\(name)"
        descriptor = open("/dev/uleds", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestFailure("/dev/uleds: \(String(cString: strerror(errno)))") }
        // struct uleds_user_dev: a name of 64 bytes, and an int.
        var device = Array(name.utf8.prefix(63))
        device += [UInt8](repeating: 0, count: 64 - device.count)
        withUnsafeBytes(of: maximum) { device += $0 }
        guard write(descriptor, device, device.count) == device.count else {
            throw TestFailure("no LED \(name): \(String(cString: strerror(errno)))")
        }
        // The first read gives the brightness that it begins with, at once.
        var first: Int32 = 0
        _ = read(descriptor, &first, 4)
        let (descriptor, heard) = (descriptor, heard)
        _ = DetachedThread.start {
            // Whoever else is busy in the one processor: what is stamped is when it was set.
            var priority = sched_param(sched_priority: 40)
            sched_setscheduler(0, SCHED_FIFO, &priority)
            var value: Int32 = 0
            while read(descriptor, &value, 4) == 4 {
                let brightness = Brightness(t: MonotonicClock.now, value: Int(value))
                heard.change { $0.append(brightness) }
            }
        }
    }

    /// Takes the LED away; its thread ends with the process.
    deinit { close(descriptor) }

    /// All that was set so far, in order.
    var brightnesses: [Brightness] { heard.change { $0 } }
}
