/// Why an agent can't run.
struct AgentError: Error, CustomStringConvertible {
    /// A sentence that says what and what to do.
    var description: String
}
