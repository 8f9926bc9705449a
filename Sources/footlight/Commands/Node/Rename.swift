internal import ArgumentParser
internal import Configuration
internal import Glibc
internal import HomeAssistant
internal import Lighting
internal import Mesh
internal import Platform

/// `footlight rename`
struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Gives a node's places to a node of another name.",
        discussion: """
            For a node that goes by another name from now on, or was replaced by one: every zone that names OLD names NEW,
            commands for its bars go on, who fills which place is kept, and what the broker keeps of OLD is cleared.
            First start the node by its new name (`node: NEW` in its agent's file); then run this. The site file is to
            say the same: --file changes the name in it, where it can do so surely.

            EXIT CODES
              1   OLD is online, or NEW is and has a part of its own (--force goes on all the same); a node that is there
                  hasn't taken it up
              64  nobody knows OLD, or NEW is no name
              65  FILE has faults, or something else in it has the name OLD
              77  the broker didn't let this user publish

            EXAMPLES
              footlight rename stair-03 stair-03b --dry-run
              footlight rename stair-03 stair-03b --file site.yaml
            """)

    @Argument(help: ArgumentHelp("What the node is called.", valueName: "OLD"))
    var old: String

    @Argument(help: ArgumentHelp("What it is called from now on.", valueName: "NEW"))
    var new: String

    @Option(
        help: ArgumentHelp("The site file, to change the name in it, too.", valueName: "FILE"), completion: .file())
    var file: String?

    @Flag(help: "Publish, clear and write nothing.")
    var dryRun = false

    @Flag(help: "Even if OLD is online, or NEW is and has a part of its own.")
    var force = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    /// What programs are told.
    private struct Report: Encodable {
        var site: SitePlan.Report
        var published: [String]
        var topics: [ForgetReport.Row]
        var file: [SiteFileRename.Line]?
        var fileIsWritten: Bool
        var remarks: [String]
    }

    func run() async throws {
        let fileSite = try file.map { try SiteFile(path: $0).site }
        let laggards = try await site.withSite(of: fileSite) { session in
            let snapshot = try await session.snapshot(of: [old, new])
            let elsewhere = await session.otherBroker(of: old, unlike: snapshot.presence)
            let plan = try RenamePlan(
                from: old, to: new, on: snapshot, elsewhere: elsewhere, force: force)
            let edit = try file.map { try SiteFileRename(text(of: $0), file: $0, plan.rename) }
            var after: SiteSnapshot?
            var laggards: [SiteUptake.Laggard] = []
            if !dryRun {
                try await SitePublisher(
                    session: session, plan: plan.site, further: plan.further,
                    remedy: "run rename again, with --force, which completes it"
                ).publish()
                if !plan.cleared.isEmpty {
                    await session.withdraw([.node(old)], snapshot.siteMessage?.homeAssistant)
                    after = try await session.clear(plan.cleared, of: old)
                }
                let now = try await session.snapshot(of: [new])
                laggards = try await session.laggards(of: SiteUptake(plan.site, on: now)) {
                    StandardError.write("\($0)")
                }
                if let file, let text = edit?.text { try write(text, to: file) }
            }
            let rows = ForgetReport.rows(plan.cleared, of: old, after: plan.cleared.isEmpty ? nil : after)
            try show(plan, rows, edit, laggards, on: snapshot)
            if after != nil { try ForgetReport.check(rows, of: old, site: session.site) }
            if let file, let edit, edit.text == nil {
                throw Failure(
                    .badFile,
                    "\(file): not changed, as something else in it goes by the name \(old); change it in these lines where "
                        + "the node is meant: \(edit.lines.map { "\($0.number)" }.joined(separator: ", "))")
            }
            return laggards
        }
        if !laggards.isEmpty { throw ExitCode(Failure.Code.notSo.rawValue) }
    }

    private func show(
        _ plan: RenamePlan, _ rows: [ForgetReport.Row], _ edit: SiteFileRename?, _ laggards: [SiteUptake.Laggard],
        on snapshot: SiteSnapshot
    ) throws {
        let prefix = "footlight/\(plan.site.site)/"
        let published = plan.further.map { String($0.topic.name(site: plan.site.site).dropFirst(prefix.count)) }
        let warnings = plan.site.warnings(on: snapshot)
        if json {
            return try JSONOutput.show(
                Report(
                    site: plan.site.report(warnings: warnings, laggards: laggards), published: published, topics: rows,
                    file: edit?.lines, fileIsWritten: !dryRun && edit?.text != nil && edit?.lines.isEmpty == false,
                    remarks: plan.remarks))
        }
        for line in plan.site.lines(all: false, colourful: Screen.isColourful(1)) { Screen.show(line) }
        for topic in published { Screen.show("~ \(topic): \(old) → \(new)") }
        for line in edit?.lines ?? [] { Screen.show("\(file ?? ""):\(line.number): \(line.after)") }
        if !rows.isEmpty { ForgetReport.table(rows).show() }
        for remark in plan.remarks { Screen.show("\(remark)") }
        if file == nil, !plan.site.zones.isEmpty {
            Screen.show(
                "In the site file, write \(new) for \(old), or the next apply takes it back (--file FILE does it).")
        }
        if dryRun { Screen.show("Nothing was published, cleared or written (--dry-run).") }
        for laggard in laggards { StandardError.write("footlight: \(laggard.sentence)") }
        for warning in warnings { StandardError.warn("\(warning)") }
    }

    private func text(of file: String) throws -> String {
        guard let bytes = WholeFile.read(file), let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badFile, "\(file): can't be read")
        }
        return text
    }

    /// Writes the file whole, where it is and with the rights that it has.
    private func write(_ text: String, to file: String) throws {
        var status = stat()
        let path = realpath(file, nil)
        defer { free(path) }
        guard let path, stat(path, &status) == 0 else {
            throw Failure(.badFile, "\(file): \(String(cString: strerror(errno)))")
        }
        let reason = WholeFile.replace(
            String(cString: path), with: Array(text.utf8), permissions: status.st_mode & 0o7777)
        if let reason { throw Failure(.badFile, "\(reason); all else is done: write \(new) for \(old) in it by hand") }
    }
}
