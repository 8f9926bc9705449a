public import Logging
internal import Synchronization
public import Telemetry

/// The lines that a program's loggers write, kept until somebody takes them: for records of them. From any thread.
public final class LoggedLines: Sendable {
    /// A line, and whose it is.
    public struct Line: Sendable, Hashable {
        /// The label of the logger that wrote it.
        public let label: String
        /// The line.
        public let line: LogLine
    }

    /// How many lines wait at most.
    static let limit = 200

    private let waiting = Mutex<(lines: [Line], leftOut: Int)>(([], 0))

    /// No lines yet.
    public init() {}

    /// Has all loggers of the process write to standard error, from `level` on, and keeps what they write. Once in a process.
    public static func ofStandardError(from level: Logger.Level) -> LoggedLines {
        let lines = LoggedLines()
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return lines.keeping(handler, label: label)
        }
        return lines
    }

    /// A handler that writes as `handler` does, and keeps what that writes.
    public func keeping(_ handler: any LogHandler, label: String) -> any LogHandler {
        KeepingHandler(handler: handler, label: label, lines: self)
    }

    /// Takes what was written since it was last asked.
    ///
    /// - Returns: the lines, oldest first, and how many more there were than there was room for: the newest of them.
    public func take() -> (lines: [Line], leftOut: Int) {
        waiting.withLock { waiting in
            guard !waiting.lines.isEmpty else { return ([], 0) }
            defer { waiting = ([], 0) }
            return waiting
        }
    }

    fileprivate func keep(_ line: Line) {
        waiting.withLock { waiting in
            if waiting.lines.count < LoggedLines.limit { waiting.lines.append(line) } else { waiting.leftOut += 1 }
        }
    }
}

private struct KeepingHandler: LogHandler {
    var handler: any LogHandler
    let label: String
    let lines: LoggedLines

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }
    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        handler.log(event: event)
        lines.keep(.init(label: label, line: LogLine(level: .init(event.level), text: event.message.description)))
    }
}

extension LogLine.Level {
    /// Records have no level below debug.
    fileprivate init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace, .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
