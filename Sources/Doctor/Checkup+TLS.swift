internal import Configuration
internal import Glibc
internal import Hardware
internal import NodeFile
internal import Processes

extension Checkup {
    /// The files of TLS: are they there, are they ours alone, and how long are they valid? Whether the broker's own
    /// certificate is, shows when it is asked.
    func tls() async -> [Finding] {
        guard let tls = file.tls else { return [] }
        var findings: [Finding] = []
        if let path = tls.ca { findings.append(await certificate("tls ca", path)) }
        if let path = tls.certificate { findings.append(await certificate("tls certificate", path)) }
        if let path = tls.key { findings.append(secret("tls key", path)) }
        return findings
    }

    private func certificate(_ check: String, _ path: String) async -> Finding {
        let number = board.obstacle(path, .read)
        guard number == 0 else {
            return .fault(
                check, "\(path) can't be read by \(Board.user) (\(reason(number)))",
                remedy: number == ENOENT
                    ? "Write it, or correct its path in the agent's file" : "sudo chmod o+r \(path)")
        }
        let dates = "x509 -noout -enddate -in"
        guard let (status, output) = await openssl(dates.split(separator: " ").map(String.init) + [board.root + path])
        else {
            return .warning(
                check, "\(path) can be read; when it ends, isn't known", remedy: "sudo apt install openssl")
        }
        guard status == 0, let end = output.split(separator: "=").last?.split(separator: "\n").first else {
            return .fault(
                check, "\(path) is no certificate in PEM form", remedy: "openssl x509 -in \(path) -text says why")
        }
        let month = await openssl(["x509", "-noout", "-checkend", "2592000", "-in", board.root + path])
        let now = await openssl(["x509", "-noout", "-checkend", "0", "-in", board.root + path])
        if now?.status != 0 { return .fault(check, "\(path) ended on \(end)", remedy: "Issue another one") }
        if month?.status != 0 {
            return .warning(check, "\(path) ends on \(end)", remedy: "Issue another one before that")
        }
        return .fine(check, "\(path) is valid until \(end)")
    }

    /// Nil where there is no openssl.
    private func openssl(_ arguments: [String]) async -> (status: Int32, output: String)? {
        guard let process = try? ChildProcess("openssl", arguments), case .exit(let status) = try? await process.end()
        else { return nil }
        return (status, process.output)
    }
}
