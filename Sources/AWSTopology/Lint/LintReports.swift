/// The reports of several files, as one.
public struct LintReports: Sendable {
    /// A file that wasn't read, and why.
    public struct Skipped: Sendable, Hashable {
        /// The file.
        public var file: String
        /// The reason, in a sentence.
        public var reason: String

        /// A file that wasn't read.
        public init(file: String, reason: String) {
            self.file = file
            self.reason = reason
        }
    }

    /// The reports, in the order in which the files were named.
    public let reports: [LintReport]
    /// Files of a folder that weren't read.
    public let skipped: [Skipped]

    /// Reports, and what wasn't read.
    public init(_ reports: [LintReport], skipped: [Skipped] = []) {
        self.reports = reports
        self.skipped = skipped
    }

    /// The gravest exit code.
    public var exitCode: Int32 { reports.map(\.exitCode).max() ?? 0 }

    /// The lines of all reports in pieces, then what wasn't read.
    public var lines: [[LintReport.Span]] {
        reports.flatMap(\.lines)
            + skipped.map { [LintReport.Span("\($0.file):", .place), LintReport.Span(" not read: \($0.reason)")] }
    }

    /// For programs: one report as it is, several in a list.
    public var json: String {
        if let only = reports.first, reports.count == 1, skipped.isEmpty { return only.json }
        return JSONText.object([
            ("reports", .list(reports.map(\.jsonValue))),
            (
                "notRead",
                .list(skipped.map { .object([("file", .string($0.file)), ("reason", .string($0.reason))]) })
            ),
        ]).text
    }

    /// In SARIF 2.1.0, a run for each file.
    public var sarif: String { LintReport.sarif(of: reports, skipped) }
}
