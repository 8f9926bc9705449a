internal import Lighting

/// What ends the agent, or has another take its place: it waits until the disk knows that it was obeyed, so that the next
/// start doesn't obey it again.
struct HeldAction: Sendable {
    /// For how long: to write a file takes 1.1 s at most on a disk that works. Then it is done all the same, since a disk
    /// that doesn't is what a restart may mend.
    static let patience = Duration.seconds(3)

    /// The action's id.
    var id: String
    /// What is to be done.
    var action: NodeAction
    /// Until when it waits.
    var until: MeshInstant
}
