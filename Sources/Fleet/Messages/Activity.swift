public import Mesh

/// Something that the fleet agent does to a node: a line of the group's history.
public struct Activity: Codable, Sendable, Hashable {
    /// The occasion of an activity.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The node is Unhealthy.
        case replacement
        /// An instance refresh, or its rollback, reached it.
        case update
        /// The node that a place is named after is back: it gets it from the node, or from nobody.
        case giveBack = "give-back"
    }

    /// A step of an activity.
    public enum Step: String, Codable, Sendable, CaseIterable {
        /// Its agent was asked to end, to be started again.
        case restart
        /// The node was asked to reboot.
        case reboot
        /// Its place was given to a spare.
        case replace
        /// The node was asked to update.
        case update
    }

    /// The state of an activity.
    public enum Status: String, Codable, Sendable {
        /// The activity goes on.
        case inProgress = "InProgress"
        /// The node, or the spare in its place, is Healthy.
        case successful = "Successful"
        /// The activity came to nothing: a person must see to it.
        case failed = "Failed"
        /// The activity was ended: its cause went away by itself, or an operator ended it.
        case cancelled = "Cancelled"
    }

    /// Its name.
    public var id: String
    /// The occasion.
    public var kind: Kind
    /// The node.
    public var node: String
    /// The cause, in words.
    public var cause: String
    /// The beginning, nanoseconds since 1970.
    public var began: Int64
    /// The end, nanoseconds since 1970; nil: it goes on.
    public var ended: Int64?
    /// The state.
    public var status: Status
    /// The step that was taken last.
    public var step: Step
    /// The outcome of the step, or what the step waits for.
    public var detail: String
    /// The boot that the step's action is for: another one that is Healthy proves that it was done.
    public var bootId: String?
    /// The version to update to.
    public var version: String?
    /// The spare.
    public var spare: String?
    /// The spare's configuration: its report of this revision proves that it was taken up.
    public var configuration: PlacesMessage?

    /// The id of the step's action: the same whoever sends it. Without the node's name: a node knows its own actions
    /// only, and takes ids of up to 64 bytes.
    var actionID: String { "\(step.rawValue)-\(began / 1_000_000)" }

    /// - Throws: ``MessageError`` for one that no leader writes.
    func check() throws(MessageError) {
        for name in [node, spare].compactMap({ $0 }) where !Name.isValid(name) {
            throw MessageError(.outOfRange, field: "activities", reason: "names a node that is not \(Name.rule)")
        }
        _ = try checkInstant(began, field: "activities.began")
        if let ended { _ = try checkInstant(ended, field: "activities.ended") }
        _ = try configuration?.validated()
    }

    /// True while the activity goes on.
    public var isOpen: Bool { status == .inProgress }

    /// One line: what, why, and what came of it.
    public var line: String {
        let what =
            switch step {
            case .restart: "Restarting the agent of \(node)"
            case .reboot: "Rebooting \(node)"
            case .replace where kind == .giveBack: "Giving \(spare ?? node) its place back"
            case .replace: "Replacing \(node)" + (spare.map { " by \($0)" } ?? "")
            case .update: "Updating \(node)" + (version.map { " to \($0)" } ?? "")
            }
        return "\(status.rawValue): \(what). Cause: \(cause). \(detail)"
    }
}
