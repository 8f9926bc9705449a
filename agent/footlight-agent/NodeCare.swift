internal import Configuration
internal import Glibc
internal import Hardware
internal import Mesh
internal import NodeFile

/// What a node has to do with its being looked after: probes, programs, and what the board tells.
struct NodeCare {
    /// The version of what the node runs.
    let version: String
    /// The operator's programs.
    let commands: [NodeCommand.Kind: [String]]
    /// Who runs them.
    let programs: ProgramRunner
    /// Probes whose frame hasn't been written yet, each with when it began.
    var probes: [(id: String, began: Int64)] = []
    /// Why profiles don't go by the site's time zone; nil: they do.
    var timeZoneFault: String?
    /// How long the broker takes.
    var roundTrip = BrokerRoundTrip()
    /// Whether the broker keeps for who comes later, and where it doesn't what there is.
    var memory: BrokerMemory
    private let board = BoardSensors()
    private let folder: String

    init(_ file: AgentFile, node: String, programs: ProgramRunner, stateDirectory: String?) {
        version = NodeCare.version(of: file)
        commands = file.commands
        self.programs = programs
        memory = BrokerMemory(site: file.site, node: node)
        folder = stateDirectory ?? "/"
    }

    /// As checks of a health report.
    mutating func checks(at now: Int64) -> [HealthMessage.Check] {
        board.checks(of: folder) + (roundTrip.check(at: now).map { [$0] } ?? [])
            + (timeZoneFault.map { [.init(.timeZone, healthy: false, value: 1, detail: $0)] } ?? [])
    }

    /// The first line of the file that says what is installed; where there is none, the agent's own version.
    private static func version(of file: AgentFile) -> String {
        guard let path = file.versionFile, let bytes = WholeFile.read(path) else { return Version.text }
        let line = String(decoding: bytes.prefix(64).prefix { $0 > 0x20 && $0 < 0x7f }, as: UTF8.self)
        return line.isEmpty ? Version.text : line
    }
}
