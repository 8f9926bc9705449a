internal import Documents
import Mesh
import YAML

extension Field {
    /// The programs that a node runs for its operator or its fleet agent.
    func commands() -> [NodeCommand.Kind: [String]]? {
        let example = "{reboot: [/usr/bin/systemctl, reboot]}"
        guard let fields = fields(NodeCommand.Kind.allCases.map(\.rawValue), example: example) else { return nil }
        var commands: [NodeCommand.Kind: [String]] = [:]
        for kind in NodeCommand.Kind.allCases { commands[kind] = fields[kind.rawValue]?.command() }
        return commands
    }

    /// A program and its arguments: no shell reads them.
    private func command() -> [String]? {
        let example = "[/usr/local/sbin/footlight-update]"
        guard let items = list(of: "a program's path and its arguments", example: example) else { return nil }
        guard let program = items.first else {
            fail(.missing, "has no program", allowed: "a program's path and its arguments", remedy: write(example))
            return nil
        }
        guard let path = program.absolutePath("a program", example: "/usr/local/sbin/footlight-update") else {
            return nil
        }
        let arguments = items.dropFirst().compactMap { $0.text("an argument", example: "reboot", limit: 4096) }
        return arguments.count == items.count - 1 ? [path] + arguments : nil
    }
}
