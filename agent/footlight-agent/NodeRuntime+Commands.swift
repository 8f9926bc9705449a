internal import Logging
internal import Mesh
internal import Node
internal import Platform

extension NodeRuntime {
    /// Runs the operator's program for a command, and tells the core what came of it.
    func run(_ command: NodeCommand, id: String) {
        switch command {
        case .reboot:
            log.notice("asked to reboot")
            care.programs.run(care.commands[.reboot] ?? []) { self.finish(id, failure: $0) }
        case .update(let version):
            log.notice("asked to update from \(care.version) to \(version)")
            update(to: version) { failure in
                self.finish(id, failure: failure)
                guard failure == nil else { return }
                self.care.programs.wayBack = (self.care.commands[.update] ?? []) + [self.care.version]
            }
        }
    }

    private func finish(_ id: String, failure: String?) {
        if let failure { log.warning("\(failure)") }
        tell(.node(.finished(id: id, failure: failure)), at: MonotonicClock.now)
    }

    /// Installs a version, and looks whether the agent that it brings can work with this node's file; if not, goes back.
    /// This agent works on meanwhile.
    private func update(to version: String, finish: @escaping (_ failure: String?) -> Void) {
        let programs = care.programs
        let words = care.commands[.update] ?? []
        let check = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst() + ["--check"]
        let own = care.version
        programs.run(words + [version]) { failure in
            if let failure { return finish(failure) }
            programs.run(check) { failure in
                guard let failure else { return finish(nil) }
                programs.run(words + [own]) { undone in
                    let outcome = undone.map { "couldn't go back to \(own): \($0)" } ?? "went back to \(own)"
                    finish("\(version) can't work here: \(failure); \(outcome)")
                }
            }
        }
    }
}
