internal import Lighting

/// The policy by which an outbox is emptied into a backend: how many records go together, what an answer means for
/// them, and when to try again. Pure; a thread around it does the waiting, the reading and the sending.
public struct UplinkSender: Sendable {
    /// The outcome of sending a batch.
    public enum Outcome: Sendable, Hashable {
        /// The backend, or something in front of it, answered with this status; `retryAfter`: when it wants to hear of it
        /// again; `text`: why, in its words.
        case answered(status: Int, retryAfter: Duration? = nil, text: String = "")
        /// There was no answer, or nothing could be sent.
        case failed(String)
        /// The server isn't believed to be the backend, and was sent nothing, for this reason.
        case distrusted(String)
        /// The token can't be read.
        case noToken(String)
    }

    /// A verdict on a batch that was sent.
    public enum Verdict: Sendable, Hashable {
        /// The batch is durable there: it can go.
        case remove
        /// Its one record will never be taken, for this reason: out of the way with it.
        case setAside(String)
        /// The batch stays where it is.
        case keep
    }

    /// A fault that keeps records back.
    public struct Trouble: Sendable, Hashable {
        /// The fault, and what to do about it.
        public var text: String
        /// True if the fault won't go away by itself.
        public var needsPerson: Bool
    }

    /// The largest number of records that go together: a tenth of what the backend takes at once.
    public static let records = 1000
    /// The largest size of their lines together, in bytes: even unpacked less than the 1 MiB that the backend takes.
    public static let bytes = 768 << 10
    /// So many records refused one after another, and none taken, is not about those records: a token of another site, a clock.
    static let refusalsInARow = 20
    /// What the backend asks for is believed up to an hour.
    static let longestRetryAfter = Duration.seconds(3600)

    private var backOff: BackOff
    /// What a person must mend is tried again less often.
    private var slowBackOff: BackOff
    private var refused = 0
    /// The number of records that are to go together.
    public private(set) var limit = UplinkSender.records
    /// Before that nothing is to be sent, in the nanoseconds of whoever asks.
    public private(set) var due: Int64 = 0
    /// The fault at present; nil: none.
    public private(set) var trouble: Trouble?

    /// - Parameter seed: what its pauses are made of.
    public init(seed: UInt64) {
        backOff = BackOff(first: .seconds(1), longest: .seconds(300), seed: seed)
        slowBackOff = BackOff(first: .seconds(60), longest: .seconds(900), seed: ~seed)
    }

    /// Takes note of what came of a batch of so many records.
    public mutating func take(_ outcome: Outcome, ofRecords count: Int, at now: Int64) -> Verdict {
        switch outcome {
        case .answered(200..<300, _, _):
            trouble = nil
            refused = 0
            backOff.reset()
            slowBackOff.reset()
            limit = min(UplinkSender.records, limit * 2)
            due = now
            return .remove
        case .answered(413, _, _) where count > 1, .answered(422, _, _) where count > 1:
            // One of them is at fault, or there are too many: by halves it is found.
            limit = max(1, count / 2)
            due = now
            return .keep
        case .answered(let status, _, let text) where (status == 413 || status == 422) && !isRefusingAll:
            refused += 1
            limit = min(UplinkSender.records, limit * 2)
            due = now
            return .setAside("\(status): \(text)")
        case .answered(let status, _, let text) where status == 413 || status == 422:
            wait(
                by: \.slowBackOff, at: now,
                "the backend refuses record after record (\(status): \(text)); is the token this site's, is the clock right?"
            )
        case .answered(401, _, let text), .answered(403, _, let text):
            wait(
                by: \.slowBackOff, at: now,
                "the backend refuses the token (\(text)); write a valid one into telemetry.tokenFile: it is read anew each time"
            )
        case .noToken(let why): wait(by: \.slowBackOff, at: now, why)
        case .answered(let status, let retryAfter, let text)
        where status == 408 || status == 425 || status == 429 || status >= 500:
            let least = retryAfter.map { min($0, UplinkSender.longestRetryAfter) }
            wait(by: \.backOff, atLeast: least, at: now, "the backend answers \(status): \(text)", needsPerson: false)
        case .answered(let status, _, let text):
            wait(
                by: \.slowBackOff, at: now,
                "\(status) is no answer of a backend's (\(text)); does telemetry.url lead to one?")
        case .failed(let why): wait(by: \.backOff, at: now, why, needsPerson: false)
        case .distrusted(let why):
            // Soon tried again: whoever renews certificates needn't be who looks after this site.
            wait(
                by: \.backOff, at: now,
                "\(why); nothing is sent to whom nobody vouches for: telemetry.ca has to name who signed the backend's "
                    + "certificate (read anew each time), telemetry.url the name that it is for")
        }
        return .keep
    }

    private var isRefusingAll: Bool { refused >= UplinkSender.refusalsInARow }

    private mutating func wait(
        by pauses: WritableKeyPath<UplinkSender, BackOff>, atLeast least: Duration? = nil, at now: Int64,
        _ text: String,
        needsPerson: Bool = true
    ) {
        // One record is enough to find out whether all is well again; several soon follow.
        limit = min(limit, 100)
        trouble = Trouble(text: text, needsPerson: needsPerson)
        due = now + self[keyPath: pauses].next(atLeast: least).nanoseconds
    }
}
