extension Topology {
    /// The topology as an SVG picture: a column per zone, a row per tier, and the ways that traffic takes.
    public func svg() -> String {
        var diagram = Diagram(topology: self)
        return diagram.drawn()
    }
}
