internal import ArgumentParser
internal import Doctor
internal import Documents
internal import Glibc
internal import Hardware
internal import NodeFile

/// `footlight doctor`
struct DoctorCommand: AsyncParsableCommand {
    /// Where the agents' files are.
    private static let folder = "/etc/footlight/agents"

    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks at what a node's agent needs, on the node, and says what to do about what it lacks.",
        discussion: """
            It reads the agents' files and looks at permissions, GPIO lines that others use, SPI's buffer, PWM channels,
            real-time priority, Wi-Fi power saving, the clock, the brokers and TLS. It changes nothing. Ask as the
            agent's user, who may do less than root. The exit code is 1 where something is to be mended; warnings don't
            count.

            EXAMPLES
              sudo -u footlight footlight doctor
              footlight doctor --config /etc/footlight/agents/stair-01.yaml
              footlight doctor --json
            """)

    @Option(
        help: ArgumentHelp(
            "An agent's file; several may be named. (default: all of \(folder))", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let reports = await DoctorCommand.reports(config.isEmpty ? DoctorCommand.installed() : config)
        if json {
            try JSONOutput.show(reports)
        } else {
            for report in reports { report.show(isFirst: report == reports.first) }
            DoctorReport.showSum(of: reports)
        }
        if reports.contains(where: { $0.has(.fault) }) { throw ExitCode(Failure.Code.notSo.rawValue) }
    }

    private static func reports(_ paths: [String]) async -> [DoctorReport] {
        guard !paths.isEmpty else {
            let finding = Finding.fault(
                "agent's file", "there is none in \(folder)", remedy: "Name one: footlight doctor --config FILE")
            return [DoctorReport(file: folder, findings: [finding])]
        }
        var reports: [DoctorReport] = []
        for path in paths {
            do throws(ConfigurationErrors) {
                let file = try AgentFile(path: path)
                let names = file.nodes.map(\.name).joined(separator: ", ")
                let read = Finding.fine("agent's file", "node \(names) of site \(file.site)")
                reports.append(DoctorReport(file: path, findings: [read] + (await Checkup(file).findings())))
            } catch {
                let findings = error.errors.map { Finding.fault("agent's file", $0.sentence, remedy: $0.remedy) }
                reports.append(DoctorReport(file: path, findings: findings))
            }
        }
        return reports
    }

    /// The agents' files that are installed.
    private static func installed() -> [String] {
        guard let folder = opendir(folder) else { return [] }
        defer { closedir(folder) }
        var paths: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".yaml") { paths.append("\(DoctorCommand.folder)/\(name)") }
        }
        return paths.sorted()
    }
}

extension ConfigurationError {
    /// What is wrong, where, without the remedy.
    fileprivate var sentence: String {
        var whole = description
        if whole.hasSuffix(".") { whole.removeLast() }
        guard whole.hasSuffix(remedy) else { return whole }
        return String(whole.dropLast(remedy.count + 2))
    }
}
