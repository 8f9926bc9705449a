public import Fleet
internal import Mesh

/// A node's health changed: its status, as the leading fleet agent found; or what fails, as the node itself reports, and then
/// the record's own node is ``node``.
public struct HealthTransition: Codable, Sendable, Hashable {
    /// The node whose health it is.
    public var node: String
    /// The health status from now on.
    public var status: HealthStatus
    /// The cause; at most 1000 bytes.
    public var cause: String

    /// A transition.
    public init(node: String, status: HealthStatus, cause: String) {
        self.node = node
        self.status = status
        self.cause = RecordText.cut(cause, to: 1000)
    }

    func check() throws(MessageError) {
        try RecordText.checkName(node, field: "body.node")
        try RecordText.checkLength(cause, 0...1000, field: "body.cause")
    }
}
