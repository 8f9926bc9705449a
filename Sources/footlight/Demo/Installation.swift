internal import Glibc

/// Where the parts of this installation are: beside the program, as built or as installed.
enum Installation {
    /// The folder that this program is in, links resolved.
    private static let folder: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        return parent(of: String(cString: path))
    }()

    /// The agent beside this program.
    ///
    /// - Throws: ``Failure`` where there is none.
    static func agent() throws -> String {
        let path = folder + "/footlight-agent"
        guard access(path, X_OK) == 0 else {
            throw Failure(
                .unavailable,
                "no footlight-agent in \(folder); build or install both programs (make demo, make install)")
        }
        return path
    }

    /// The configuration of a local broker: in PREFIX/share, or in the folder that this was built in.
    ///
    /// - Throws: ``Failure`` where there is none.
    static func brokerConfiguration() throws -> String {
        let name = "broker-config/footlight-local.conf"
        var candidates = [parent(of: folder) + "/share/footlight/" + name]
        var above = folder
        while above != "/", above != "." {
            candidates.append(above + "/" + name)
            above = parent(of: above)
        }
        guard let found = candidates.first(where: { access($0, R_OK) == 0 }) else {
            throw Failure(
                .unavailable, "no \(name) near \(folder), nor in \(candidates[0]); install again (make install)")
        }
        return found
    }

    private static func parent(of path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }
}
