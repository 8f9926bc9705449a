internal import Glibc
internal import MQTT
internal import Platform
internal import Synchronization

/// A file that follows what a program holds. It is written on a thread of its own: an SD card may take seconds, and light
/// doesn't wait for it. Of its owner's thread alone.
public final class KeptFile {
    /// What comes of an attempt, from the thread that made it.
    private final class Attempt: Sendable {
        private let outcome = Mutex<String??>(nil)

        func end(_ failure: String?) { outcome.withLock { $0 = .some(failure) } }

        /// Nil while it goes on; else why it failed, if it did.
        var ended: String?? { outcome.withLock { $0 } }
    }

    /// News of saving.
    public enum News: Sendable, Hashable {
        /// The content can't be saved, for this reason; it is tried again.
        case failed(String)
        /// The content could be saved again.
        case recovered
    }

    /// How often to look whether the thread is done, nanoseconds, and how long its end is awaited at the program's.
    private static let glance: Int64 = 20_000_000
    private static let patience: Int64 = 1_000_000_000

    private let path: String
    private var policy = SavingPolicy()
    private var attempt: Attempt?
    private var glanceDue = Int64.max

    /// A file at `path`, as yet untouched.
    public init(_ path: String) { self.path = path }

    /// The latest instant for the next call of ``attend(at:content:)``, in nanoseconds of the monotonic clock.
    public var nextDue: Int64 { attempt == nil ? policy.due : glanceDue }

    /// The reason why the content can't be saved, and since when (on the monotonic clock) it hasn't been; nil: it can.
    public var failure: (reason: String, since: Int64)? {
        policy.failure.map { ($0, policy.unsavedSince ?? .max) }
    }

    /// True while the disk has the present content.
    public var isSaved: Bool { policy.unsavedSince == nil }

    /// Notes that the content has changed.
    public func changed(at now: Int64) { policy.changed(at: now) }

    /// Writes the content to the file once that is due, without waiting for the disk.
    ///
    /// - Parameter content: makes, on another thread, what the file is to hold.
    public func attend(at now: Int64, content: @escaping @Sendable () -> [UInt8]) -> News? {
        if let attempt {
            guard let outcome = attempt.ended else {
                glanceDue = now + KeptFile.glance
                return nil
            }
            self.attempt = nil
            return ended(outcome, at: now)
        }
        guard policy.begin(at: now) else { return nil }
        let attempt = Attempt()
        let path = path
        // The encoder of JSON wants more stack than looking up a name.
        let isStarted = DetachedThread.start(stackBytes: 1 << 20) {
            attempt.end(WholeFile.replace(path, with: content()))
        }
        guard isStarted else { return ended("\(path): no thread to write it on", at: now) }
        self.attempt = attempt
        glanceDue = now + KeptFile.glance
        return nil
    }

    /// The program ends: saves what isn't, here and now.
    ///
    /// - Returns: why it couldn't.
    public func finish(content: () -> [UInt8]) -> String? {
        let deadline = MonotonicClock.now + KeptFile.patience
        while let attempt, attempt.ended == nil, MonotonicClock.now < deadline { usleep(1000) }
        if let attempt {
            // A disk that hangs; another attempt would hang, too.
            guard let outcome = attempt.ended else { return "\(path): the disk doesn't answer" }
            self.attempt = nil
            _ = ended(outcome, at: MonotonicClock.now)
        }
        guard policy.unsavedSince != nil else { return nil }
        return WholeFile.replace(path, with: content())
    }

    private func ended(_ failure: String?, at now: Int64) -> News? {
        guard policy.ended(failure, at: now) else { return nil }
        return failure.map { .failed($0) } ?? .recovered
    }
}
