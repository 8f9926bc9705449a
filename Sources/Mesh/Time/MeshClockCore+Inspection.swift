package import Lighting

/// What the simulator may look at; nothing here changes anything.
extension MeshClockCore {
    /// One clock of a node's: another since is another clock.
    package struct Identity: Sendable, Hashable {
        /// The node.
        package var node: String
        /// ``ClockReply/Time/since``.
        package var since: Int64
    }

    /// Mesh time as a node served it, carried on for ever.
    package struct Line: Sendable {
        fileprivate var mapping: TimeMapping

        /// Mesh time at a monotonic instant.
        package func mesh(at monotonic: Int64) -> MeshInstant {
            MeshInstant(nanoseconds: mapping.mesh(at: monotonic))
        }
    }

    /// The clock that others may go by; nil before the node had any.
    package var identity: Identity? { since == 0 ? nil : Identity(node: node, since: since) }

    /// The clock that ``errorBound(at:)`` speaks of, if that is another node's.
    package var followed: Identity? { source.map { Identity(node: $0.name, since: $0.since) } }

    /// Whether, as a reference, it still says how far it may be off the one before.
    package func inherits(at monotonic: Int64) -> Bool {
        state == .reference && monotonic - stateSince < MeshClockCore.inheritance
    }

    /// Mesh time as it is served now.
    package var line: Line { Line(mapping: mapping) }
}
