internal import Configuration
internal import Documents
internal import Glibc
internal import Hardware
internal import NodeFile

extension Checkup {
    /// The files and folders that the agent's file names.
    func files() -> [Finding] {
        var findings: [Finding] = []
        if let path = file.passwordFile { findings += [secret("password file", path)] }
        if let path = file.siteFile { findings += siteFile(path) }
        if let path = file.stateDirectory { findings += [board.folder("state", path)] }
        return findings
    }

    private func siteFile(_ path: String) -> [Finding] {
        do throws(ConfigurationErrors) {
            let site = try SiteFile(path: board.root + path)
            guard site.site == file.site else {
                return [
                    .fault(
                        "site file", "\(path) is of site \(site.site), the agent's of site \(file.site)",
                        remedy: "Write the same site in both")
                ]
            }
            return [.fine("site file", "\(path) reads, zones: \(site.zones.keys.sorted().joined(separator: ", "))")]
        } catch {
            return [
                .fault("site file", "\(error)", remedy: "Mend it: the agent starts with a file without faults only")
            ]
        }
    }

    /// A file that the agent must read, and nobody else.
    func secret(_ check: String, _ path: String) -> Finding {
        switch board.obstacle(path, .read) {
        case 0 where board.owner(of: path)?.isOpenToAll == true:
            .fault(
                check, "\(path) can be read by everybody, and the agent refuses it", remedy: "sudo chmod o= \(path)")
        case 0: .fine(check, "\(path) can be read")
        case ENOENT: .fault(check, "\(path) isn't there", remedy: "Write it, or correct its path in the agent's file")
        case let number:
            .fault(
                check, "\(path) can't be read by \(Board.user) (\(reason(number)))",
                remedy: "sudo chgrp footlight \(path) && sudo chmod g+r \(path)")
        }
    }

    func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
