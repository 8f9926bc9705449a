import FoundationEssentials
import Glibc
import Processes
import TestSupport

extension FleetSite {
    /// The node on which version 4 dies.
    static let doomed = "stair-03"

    /// Each node has a program of its own, a link to what it runs: version 1 at first. Version 2 works, version 3 doesn't
    /// start, and version 4 passes its check, but dies on one node.
    func prepareUpdates() throws {
        let first: Release = plan.previous.isEmpty ? .present : .previous
        for (version, release) in [("release-1", first), ("release-2", .present)] {
            try FileManager.default.copyItem(
                atPath: try release.path("footlight-agent"), toPath: "\(folder.path)/\(version)")
        }
        try folder.write("#!/bin/sh\necho 'this release is broken' >&2\nexit 1\n", to: "release-3")
        try folder.write(
            """
            #!/bin/bash
            if [[ $0 == */\(Self.doomed) && $* != *--check* ]]; then echo 'this release dies' >&2; exit 1; fi
            exec -a "$0" "\(folder.path)/release-2" "$@"

            """, to: "release-4")
        // PROGRAM VERSION: swaps the program in one step, and says what it is now; each run is noted.
        try folder.write(
            """
            #!/bin/sh
            set -e
            echo "$1 $2" >> "\(folder.path)/updates"
            ln -s "\(folder.path)/release-$2" "$1.new"
            mv -T "$1.new" "$1"
            echo "$2" > "$1-version"

            """, to: "update")
        for name in ["release-3", "release-4", "update"] { chmod("\(folder.path)/\(name)", 0o755) }
        for node in plan.nodes {
            mkdir(FleetPlan.stateFolder(of: node, in: folder.path), 0o755)
            symlink("\(folder.path)/release-1", "\(folder.path)/\(node)")
            try folder.write("1\n", to: "\(node)-version")
        }
    }

    /// What update commands were run: `stair-01 2`.
    func updates() throws -> [String] {
        String(decoding: try folder.contents(of: "updates"), as: UTF8.self).split(separator: "\n").map {
            String($0.split(separator: "/").last ?? "")
        }
    }

    /// Does for a node what its unit does, once: when its agent has ended, what goes back is run, and it is started again.
    func serve(_ node: String) async throws {
        let process = try process(node)
        _ = try await process.end(within: .seconds(120))
        let back = try ChildProcess(GoBack.script, [FleetPlan.stateFolder(of: node, in: folder.path)])
        guard try await back.end() == .exit(0) else { throw TestFailure("footlight-go-back: \(back.output)") }
        try start(node)
    }
}
