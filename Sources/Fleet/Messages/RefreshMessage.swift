internal import Mesh

/// An instance refresh: how it was wanted and how it stands.
public struct RefreshMessage: Codable, Sendable, Hashable {
    /// How it stands.
    public enum Status: String, Codable, Sendable {
        /// Nodes are being updated.
        case inProgress = "InProgress"
        /// All are; whether they stay Healthy is awaited.
        case baking = "Baking"
        /// An operator wants no more updates; those under way end first.
        case cancelling = "Cancelling"
        /// Nodes are being updated back.
        case rollbackInProgress = "RollbackInProgress"
        /// All nodes have the version.
        case successful = "Successful"
        /// It came to nothing.
        case failed = "Failed"
        /// An operator ended it.
        case cancelled = "Cancelled"
        /// All nodes have the version that they had before.
        case rollbackSuccessful = "RollbackSuccessful"
        /// Not all nodes could be taken back.
        case rollbackFailed = "RollbackFailed"

        /// With a word that only later contracts have, it can't be carried on.
        public init(from decoder: any Decoder) throws { try self.init(from: decoder, unknown: .failed) }
    }

    /// How it is wanted.
    ///
    /// - Source: AWS, EC2 Auto Scaling: "Understand the default values for an instance refresh".
    public struct Preferences: Codable, Sendable, Hashable {
        /// How much of the group must stay InService and Healthy, 0…100; one node may always be away.
        public var minHealthyPercentage = 90
        /// At which percentages of the group updated it pauses.
        public var checkpointPercentages: [Int] = []
        /// For how long.
        public var checkpointDelaySeconds = 0.0
        /// How long the last must have stayed Healthy.
        public var bakeTimeSeconds = 0.0
        /// Whether nodes that have the version are left alone.
        public var skipMatching = true
        /// Whether a failure takes all back to what they had.
        public var autoRollback = true

        /// The defaults.
        public init() {}

        /// The preferences in a message; what it leaves out is as by default.
        public init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            let base = Preferences()
            minHealthyPercentage =
                try fields.decodeIfPresent(Int.self, forKey: .minHealthyPercentage) ?? base.minHealthyPercentage
            checkpointPercentages =
                try fields.decodeIfPresent([Int].self, forKey: .checkpointPercentages) ?? base.checkpointPercentages
            checkpointDelaySeconds =
                try fields.decodeIfPresent(Double.self, forKey: .checkpointDelaySeconds) ?? base.checkpointDelaySeconds
            bakeTimeSeconds =
                try fields.decodeIfPresent(Double.self, forKey: .bakeTimeSeconds) ?? base.bakeTimeSeconds
            skipMatching = try fields.decodeIfPresent(Bool.self, forKey: .skipMatching) ?? base.skipMatching
            autoRollback = try fields.decodeIfPresent(Bool.self, forKey: .autoRollback) ?? base.autoRollback
        }

        /// What is wrong with it; nil: nothing.
        var fault: String? {
            if !(0...100).contains(minHealthyPercentage) { return "minHealthyPercentage is not within 0…100" }
            if checkpointPercentages.count > 20 || checkpointPercentages.contains(where: { !(1...100).contains($0) }) {
                return "checkpointPercentages are not at most 20 of 1…100"
            }
            for seconds in [checkpointDelaySeconds, bakeTimeSeconds] where !(0...172_800).contains(seconds) {
                return "\(seconds) s are not within 0…172800 (two days)"
            }
            return nil
        }
    }

    /// Its name.
    public var id: String
    /// How it stands.
    public var status: Status
    /// The version to update to.
    public var version: String
    /// How it is wanted.
    public var preferences: Preferences
    /// When it began, nanoseconds since 1970.
    public var began: Int64
    /// When it ended.
    public var ended: Int64?
    /// Why it stands as it does.
    public var reason: String
    /// The version that each node had before.
    public var previous: [String: String]
    /// The nodes that have been updated, in order.
    public var updated: [String] = []
    /// The nodes that had the version before.
    public var skipped: [String] = []
    /// The nodes whose update was begun, updated or not: those that a rollback has to see to.
    public var touched: [String] = []
    /// How many checkpoints have been passed.
    public var checkpoints = 0
    /// Until when it pauses or bakes, nanoseconds since 1970.
    public var waitsUntil: Int64?
    /// When it last got on, or was free to again, nanoseconds since 1970.
    public var progressAt: Int64?
    /// The nodes that a rollback can't take back, and why.
    public var setAside: [String: String]?

    /// - Throws: ``MessageError`` for one that no leader writes.
    func check() throws(MessageError) {
        if let fault = preferences.fault {
            throw MessageError(.outOfRange, field: "refresh.preferences", reason: fault)
        }
        _ = try Mesh.check(
            checkpoints, within: 0...preferences.checkpointPercentages.count, field: "refresh.checkpoints")
        for (field, at) in [
            ("began", began), ("ended", ended ?? 0), ("waitsUntil", waitsUntil ?? 0), ("progressAt", progressAt ?? 0),
        ] {
            _ = try checkInstant(at, field: "refresh.\(field)")
        }
    }

    /// Whether it goes on.
    public var isOpen: Bool {
        switch status {
        case .inProgress, .baking, .cancelling, .rollbackInProgress: true
        case .successful, .failed, .cancelled, .rollbackSuccessful, .rollbackFailed: false
        }
    }

    /// How much of the group has been seen to, 0…100.
    public var percentageComplete: Int {
        previous.isEmpty ? 100 : (updated.count + skipped.count) * 100 / previous.count
    }
}
