internal import Mesh

/// An instance refresh: how it was wanted and how it stands.
public struct RefreshMessage: Codable, Sendable, Hashable {
    /// The state of a refresh.
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
        /// The refresh came to nothing.
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

    /// The preferences for a refresh.
    ///
    /// - Source: AWS, EC2 Auto Scaling: "Understand the default values for an instance refresh".
    public struct Preferences: Codable, Sendable, Hashable {
        /// The share of the group that must stay InService and Healthy, in percent, 0…100; one node may always be away.
        public var minHealthyPercentage = 90
        /// The shares of the group that are updated before each pause, in percent.
        public var checkpointPercentages: [Int] = []
        /// The length of each pause, in seconds.
        public var checkpointDelaySeconds = 0.0
        /// The time for which the last node must have stayed Healthy, in seconds.
        public var bakeTimeSeconds = 0.0
        /// True if nodes that have the version are to be left alone.
        public var skipMatching = true
        /// True if a failure is to take all nodes back to the version that they had.
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
    /// The state.
    public var status: Status
    /// The version to update to.
    public var version: String
    /// The preferences.
    public var preferences: Preferences
    /// The beginning, nanoseconds since 1970.
    public var began: Int64
    /// The end, nanoseconds since 1970; nil: it goes on.
    public var ended: Int64?
    /// The reason for its state, in words.
    public var reason: String
    /// The version that each node had before.
    public var previous: [String: String]
    /// The nodes that have been updated, in order.
    public var updated: [String] = []
    /// The nodes that had the version before.
    public var skipped: [String] = []
    /// The nodes whose update was begun, updated or not: those that a rollback has to see to.
    public var touched: [String] = []
    /// The number of checkpoints that have been passed.
    public var checkpoints = 0
    /// The end of the present pause, or of baking, nanoseconds since 1970.
    public var waitsUntil: Int64?
    /// The instant of the last progress, or of the last one at which nothing stood in its way, nanoseconds since 1970.
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
        let instants: [(String, Int64)] = [
            ("began", began), ("ended", ended ?? 0), ("waitsUntil", waitsUntil ?? 0), ("progressAt", progressAt ?? 0),
        ]
        for (field, at) in instants {
            _ = try checkInstant(at, field: "refresh.\(field)")
        }
    }

    /// True while the refresh goes on.
    public var isOpen: Bool {
        switch status {
        case .inProgress, .baking, .cancelling, .rollbackInProgress: true
        case .successful, .failed, .cancelled, .rollbackSuccessful, .rollbackFailed: false
        }
    }

    /// The share of the group that has been seen to, in percent, 0…100.
    public var percentageComplete: Int {
        previous.isEmpty ? 100 : (updated.count + skipped.count) * 100 / previous.count
    }
}
