internal import Configuration
internal import Glibc
internal import Hardware
internal import Mesh
internal import NodeFile
internal import Platform

/// What a node has to do with its being looked after: programs, and what the board tells.
struct NodeCare {
    /// The version of what the node runs.
    let version: String
    /// The operator's programs.
    let commands: [NodeCommand.Kind: [String]]
    /// Who runs them.
    let programs: ProgramRunner
    /// Why profiles don't go by the site's time zone; nil: they do.
    var timeZoneFault: String?
    /// How long the broker takes.
    var roundTrip = BrokerRoundTrip()
    private let board = BoardSensors()
    private let folder: String

    init(_ file: AgentFile, programs: ProgramRunner, stateDirectory: String?) {
        version = NodeCare.version(of: file)
        commands = file.commands
        self.programs = programs
        folder = stateDirectory ?? "/"
    }

    /// As checks of a health report.
    mutating func checks(at now: Int64) -> [HealthMessage.Check] {
        [.init(.memory, healthy: true, value: Double(NodeCare.residentBytes) / 1e6)] + board.checks(of: folder)
            + (roundTrip.check(at: now).map { [$0] } ?? [])
            + (timeZoneFault.map { [.init(.timeZone, healthy: false, value: 1, detail: $0)] } ?? [])
    }

    private static var residentBytes: Int {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        let fields = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
    }

    /// The first line of the file that says what is installed; where there is none, the agent's own version.
    private static func version(of file: AgentFile) -> String {
        guard let path = file.versionFile, let bytes = WholeFile.read(path) else { return Version.text }
        let line = String(decoding: bytes.prefix(64).prefix { $0 > 0x20 && $0 < 0x7f }, as: UTF8.self)
        return line.isEmpty ? Version.text : line
    }
}
