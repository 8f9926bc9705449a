import LogCapture
import Logging
import Synchronization
import Telemetry
import Testing

/// A handler that notes what it is given.
private struct NotingHandler: LogHandler {
    final class Notes: Sendable {
        let texts = Mutex<[String]>([])
    }

    let notes: Notes
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { notes.texts.withLock { $0.append(event.message.description) } }
}

@Suite struct LoggedLinesTests {
    private let lines = LoggedLines()
    private let notes = NotingHandler.Notes()

    private func logger(_ label: String) -> Logger {
        Logger(label: label) { lines.keeping(NotingHandler(notes: notes), label: $0) }
    }

    @Test func `what is written is kept once, by whom and how grave it is; what is below the level isn't`() {
        var log = logger("stair-01")
        log.debug("a detail")
        log.info("connected")
        logger("agent").critical("the wire is gone")
        log.logLevel = .trace
        log.trace("a detail")
        let (kept, more) = lines.take()
        #expect(kept.map(\.label) == ["stair-01", "agent", "stair-01"] && more == 0)
        #expect(
            kept.map(\.line) == [
                LogLine(level: .info, text: "connected"), LogLine(level: .critical, text: "the wire is gone"),
                LogLine(level: .debug, text: "a detail"),
            ])
        #expect(notes.texts.withLock { $0 } == kept.map(\.line.text), "it is written all the same")
        #expect(lines.take().lines.isEmpty)
    }

    @Test func `a flood is written, and of what has no room the number is kept`() {
        let log = logger("stair-01")
        for number in 0..<250 { log.info("\(number)") }
        let (kept, more) = lines.take()
        #expect(kept.count == 200 && kept.last?.line.text == "199" && more == 50)
        #expect(notes.texts.withLock { $0.count } == 250)
        log.info("after it")
        let (after, none) = lines.take()
        #expect(after.map(\.line.text) == ["after it"] && none == 0)
    }
}
