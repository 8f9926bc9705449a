/// What draws a bar: a driver, and what it needs to know.
public enum BarOutput: Sendable, Hashable {
    /// Appends a JSON line for every frame to the file or FIFO at `path`.
    case trace(path: String)
    /// Nothing draws it; what it would show is known to the mesh all the same.
    case simulated
}
