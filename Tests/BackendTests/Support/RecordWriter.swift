import Backend
import Glibc
import Lighting
import MQTT
import Processes
import Telemetry
import TestSupport

/// A node that hands over records all the while, to the instance that it is led to. Every one is to be taken at once.
final class RecordWriter: Sendable {
    private struct State {
        var port: UInt16
        var isEnding = false
        var failure: String?
        var lines: [[UInt8]] = []
        /// How many requests an instance took, by its port.
        var taken: [UInt16: Int] = [:]
    }
    /// What a request says: somebody comes and goes, a zone of the node's name lights two bars, and a line of its log.
    static let recordsPerRequest = 5

    let node: String
    private let token: String
    private let start: Int64
    private let state: Monitor<State>

    /// - Parameter start: when its first records were, nanoseconds since 1970. Each request is of five minutes later: nobody else's
    ///   records are of the same quarters of an hour, if those are of other days.
    init(node: String, token: String, port: UInt16, from start: Int64) {
        self.node = node
        self.token = token
        self.start = start
        state = Monitor(State(port: port))
    }

    /// What was taken: all lines, in their order.
    var lines: [[UInt8]] { state.change { $0.lines } }

    /// Which request wasn't taken, and why; nil: all were.
    var failure: String? { state.change { $0.failure } }

    /// From now on another instance is handed records.
    func turn(to port: UInt16) { state.change { $0.port = port } }

    /// Blocks until an instance has taken so many requests more.
    ///
    /// - Throws: ``ProcessFailure`` where one wasn't taken.
    func waitForRequests(_ count: Int) throws {
        let (port, before) = state.change { ($0.port, $0.taken[$0.port] ?? 0) }
        let outcome = state.wait(within: .seconds(60)) { state in
            state.failure ?? ((state.taken[port] ?? 0) >= before + count ? "" : nil)
        }
        guard outcome == "" else { throw ProcessFailure(outcome ?? "\(node): not so many requests within 60 s") }
    }

    /// Ends ``run()``.
    func end() { state.change { $0.isEnding = true } }

    /// Hands over until ``end()``, or until a request isn't taken. Blocks.
    func run() {
        var chain = RecordChain(site: "home", node: node, boot: "1f0c")
        var now = start
        while let port = state.change({ $0.isEnding ? nil : $0.port }) {
            now += 300_000_000_000
            let bodies: [RecordBody] =
                [true, false].map { .motion(MotionEvent(sensor: "bottom", motion: $0)) }
                + ["a", "b"].map {
                    .light(FirstLight(zone: node, bar: $0, activation: now, planned: now, actual: now + 1_000_000))
                } + [.log(LogLine(level: .info, text: "hears the broker again"))]
            let lines = bodies.enumerated().map {
                chain.append($1, at: MeshInstant(nanoseconds: now + Int64($0) * 1_000_000))
            }
            let answer = Result {
                try HTTPExchange(
                    port: port,
                    pieces: [
                        HTTPExchange.request(
                            "POST", "/v1/records", ["Authorization": "Bearer \(token)"],
                            body: lines.reduce(into: []) { $0 += $1 + [0x0a] })
                    ])
            }
            guard case .success(let answer) = answer, answer.status == 200 else {
                state.change { $0.failure = "\(node) to port \(port): \(answer)" }
                return
            }
            state.change { state in
                state.lines += lines
                state.taken[port, default: 0] += 1
            }
            // What is written has to be summed up, with a fifth of an instance's time.
            usleep(20_000)
        }
    }
}
