private import Glibc
private import Lighting
private import Synchronization

/// Dims a GPIO line by switching it, on a thread of its own.
///
/// It flickers: at 100 % modulation IEEE 1789-2015 asks for 1250 Hz at least, and a thread that the kernel wakes a few hundred
/// times a second, each time some tenths of a millisecond late, is neither that fast nor even.
final class SoftwarePWM {
    /// Twice the frequency that eyes can follow; more would cost more CPU than an agent may.
    private static let period: Int64 = 5_000_000
    /// Shorter than a thread can sleep.
    private static let shortest: Int64 = 100_000

    /// What thread and owner share.
    fileprivate final class Shared: Sendable {
        let drive = Atomic<UInt32>(0)
        /// What the line was last set by.
        let shown = Atomic<UInt32>(0)
        let isEnded = Atomic<Bool>(false)
        let hasFailed = Atomic<Bool>(false)
    }

    /// Hands the line over to the thread, which is then the only one to use it.
    ///
    /// `@unchecked Sendable`: one owner at a time, as whoever makes it keeps no reference.
    fileprivate struct Handover: @unchecked Sendable {
        let line: GPIOLine
    }

    private let shared = Shared()
    private let place: String

    /// Dims `line`, which nobody else may use from now on.
    init(_ line: GPIOLine) throws(HardwareError) {
        place = line.place
        let work = Work(handover: Handover(line: line), shared: shared)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(work)
        let error = pthread_create(&thread, nil, softwarePWMThread, context.toOpaque())
        guard error == 0 else {
            context.release()
            throw HardwareError(.unavailable, "no thread to dim \(place) by (\(String(cString: strerror(error))))")
        }
        pthread_detach(thread)
    }

    /// Whether the line is set by what was set last. What is dimmed can't stay so without the thread.
    var isShown: Bool {
        shared.shown.load(ordering: .acquiring) == shared.drive.load(ordering: .relaxed)
            || shared.hasFailed.load(ordering: .relaxed)
    }

    /// How soon a new drive is shown: with the next period.
    static var delay: Duration { .nanoseconds(period) }

    deinit { shared.isEnded.store(true, ordering: .relaxed) }

    /// Sets how long of each period it is on, 0…65535.
    ///
    /// - Throws: ``HardwareError`` when the thread couldn't set the line.
    func set(_ drive: UInt16) throws(HardwareError) {
        shared.drive.store(UInt32(drive), ordering: .relaxed)
        guard !shared.hasFailed.load(ordering: .relaxed) else {
            throw HardwareError(.writeFailed, "\(place) is gone; plug it in again, or load its driver")
        }
    }

    /// What the thread does.
    fileprivate final class Work {
        private let handover: Handover
        private let shared: Shared

        fileprivate init(handover: Handover, shared: Shared) {
            self.handover = handover
            self.shared = shared
        }

        func run() {
            while !shared.isEnded.load(ordering: .relaxed) {
                let set = shared.drive.load(ordering: .relaxed)
                let drive = Int64(set)
                var on = period * drive / 65535
                if drive > 0, drive < 65535 { on = min(max(on, shortest), period - shortest) }
                do throws(HardwareError) {
                    try handover.line.set(on > 0)
                    shared.shown.store(set, ordering: .releasing)
                    if on > 0 { sleep(on) }
                    if on < period {
                        try handover.line.set(false)
                        sleep(period - on)
                    }
                } catch {
                    shared.hasFailed.store(true, ordering: .relaxed)
                    return
                }
            }
        }

        private func sleep(_ nanoseconds: Int64) {
            var time = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
            nanosleep(&time, nil)
        }
    }
}

private func softwarePWMThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<SoftwarePWM.Work>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
