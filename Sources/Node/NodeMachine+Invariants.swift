internal import Mesh

extension NodeMachine {
    /// Checks what must hold of a node after every event. The simulator asks.
    ///
    /// - Returns: what doesn't hold, the first that was found; nil: all does.
    package func checkInvariants(at now: Int64) -> String? {
        if let fault = core.checkInvariants() ?? clock.checkInvariants() { return fault }
        if let due = core.nextDue(after: clock.mesh(at: now)), clock.monotonic(of: due) < nextDue {
            return "it forgets what its core waits for"
        }
        if let due = clock.nextDue, due < nextDue { return "it forgets what its clock waits for" }
        if let prepared = preparedDue, prepared != core.nextCue.map(clock.monotonic) {
            return "the frame that is prepared isn't the next cue's"
        }
        return nil
    }
}
