internal import Glibc
internal import Lighting
internal import MQTT
internal import Mesh
internal import Replay

/// What became of the triggers so far: shown while it goes on, told at the end.
actor LiveTally {
    /// Why playing ended.
    enum Ending: Sendable {
        case done
        case interrupted
        case failed(any Error)
    }

    private var sent = 0
    private var done = 0
    /// The triggers that no answer has come to, and their sensors.
    private var waiting: [String: String] = [:]
    private var refusals: [String: Int] = [:]
    private var ending = Ending.done
    private let isTerminal = isatty(2) == 1

    /// A trigger is about to be published.
    func ask(_ id: String, _ place: String, _ pulse: MotionPulse, for length: Duration) {
        sent += 1
        waiting[id] = place
        if !isTerminal { Screen.show("\(pulse.startText) \(place) for \(LiveTally.seconds(length)) s") }
    }

    /// A node has answered, perhaps us.
    func take(_ message: ReceivedMessage) {
        guard let result = try? JSON.decode(ResultMessage.self, from: message.payload) else { return }
        guard let place = waiting.removeValue(forKey: result.id) else { return }
        if result.done {
            done += 1
        } else {
            refusals["\(place): \(result.error ?? "not done, and not why")", default: 0] += 1
        }
    }

    /// Shows how far it has come.
    func show(_ number: Int, of count: Int, at pulse: MotionPulse, until next: Duration, left: Duration) {
        guard isTerminal else { return }
        TerminalLine.show(
            "\(number) of \(count) motions, \(waiting.count) unanswered; next of \(pulse.startText) "
                + "in \(Figures.text(next)); all in \(Figures.text(left))  (Ctrl-C ends)")
    }

    /// Keeps why it ended.
    func end(_ ending: Ending) { self.ending = ending }

    /// Tells what became of all.
    ///
    /// - Throws: ``Failure`` where something was refused or not answered, and what playing failed by.
    func report(of count: Int) throws {
        if isTerminal { TerminalLine.clear() }
        let stopped = if case .interrupted = ending { "stopped after " } else { "" }
        Screen.show("\(stopped)\(sent) of \(count) motions played, \(done) of them done")
        if case .failed(let error) = ending { throw error }
        var sentences = refusals.sorted { $0.key < $1.key }.map { Printable.text("\($0.key) (\($0.value) times)") }
        if !waiting.isEmpty, stopped.isEmpty || done == 0 {
            let places = Set(waiting.values).sorted().joined(separator: ", ")
            sentences.append("no answer to \(waiting.count), of \(places); is footlight-agent running there?")
        }
        if !sentences.isEmpty { throw Failure(.notSo, sentences.joined(separator: "\n")) }
    }

    private static func seconds(_ time: Duration) -> String {
        let tenths = Int((time.seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
