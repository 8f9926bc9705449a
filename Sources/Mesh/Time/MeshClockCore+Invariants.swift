extension MeshClockCore {
    /// Checks what must hold of a clock after every event, whatever was said to it. The simulator and the fuzz tests ask.
    ///
    /// - Returns: what doesn't hold, the first that was found; nil: all does.
    package func checkInvariants() -> String? {
        if !actions.isEmpty { return "\(actions.count) actions were left over" }
        if !isConnected, !polls.isEmpty || candidate != nil || orderedSince != nil {
            return "it has questions open without a connection"
        }
        if let name = [source?.name, candidate?.name, hint].first(where: { $0 == node }) {
            return "it goes by \(name ?? ""), which is itself"
        }
        if polls[node] != nil || silent[node] != nil { return "it asks itself" }
        if source == nil, state == .synchronising || state == .synchronised { return "it is \(state) by nobody" }
        if returningUntil != nil, state != .reference { return "it comes back as a reference, and is \(state)" }
        if darkStepDue != nil, darkSince == nil { return "it waits for the dark to step, and there is light" }
        return nil
    }
}
