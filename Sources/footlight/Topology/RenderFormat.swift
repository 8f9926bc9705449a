internal import AWSTopology
internal import ArgumentParser

/// What a topology can be written as.
enum RenderFormat: String, CaseIterable, ExpressibleByArgument {
    case cloudformation
    case terraform
    case mermaid
    case svg
    case markdown

    /// The topology, written.
    func text(of topology: Topology) -> String {
        switch self {
        case .cloudformation: topology.cloudFormation()
        case .terraform: topology.terraform()
        case .mermaid: topology.mermaid()
        case .svg: topology.svg()
        case .markdown: topology.markdown()
        }
    }
}
