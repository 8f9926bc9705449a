internal import Configuration
internal import Fleet
internal import Glibc
internal import Gzip
internal import HTTPSender
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import Platform
internal import Synchronization
internal import Telemetry
internal import TelemetryOutbox

/// What a site's records go through on their way to the backend: a thread that puts them into the outbox, and one that
/// empties it. The loop never waits for a disk or a backend.
///
/// Whoever doesn't lead any more goes on emptying its outbox.
final class Uplink: Sendable {
    /// A node's records up to this one are durable.
    struct Stored: Sendable {
        var node: String
        var boot: String
        var sequence: Int64
    }

    /// How many messages of nodes, and bytes, may wait for the disk; of what is more nodes hear nothing, and say it again.
    private static let arrivedLimit = 2000
    private static let arrivedBytesLimit = 8 << 20
    /// How long it takes until an outbox that can't be opened, or read, is tried again.
    private static let pause = Duration.seconds(10)
    /// How long a request may take.
    private static let requestSeconds = 60
    /// How long records are gathered before they are sent.
    private static let gathering = Duration.milliseconds(500)

    private struct State {
        var arrived: [(node: String, payload: [UInt8])] = []
        var arrivedBytes = 0
        var stored: [Stored] = []
        var figures: UplinkState
        /// What is the matter with the outbox, and with the way to the backend.
        var diskFault: String?
        var trouble: UplinkSender.Trouble?
    }

    private let settings: TelemetrySettings
    private let site: String
    private let state: Mutex<State>
    private let arrival = WakeUp()
    private let storage = WakeUp()
    private let log = Logger(label: "telemetry")
    /// Signals that there is something to tell.
    let news = WakeUp()

    init(_ settings: TelemetrySettings, site: String) {
        self.settings = settings
        self.site = site
        state = Mutex(State(figures: UplinkState(limitBytes: settings.limitBytes ?? Outbox.defaultLimit)))
    }

    /// Begins to work, as long as the process lives: at its end nothing is to be done, since what the outbox took is on the disk.
    func start() {
        let isStarted = DetachedThread.start(stackBytes: 1 << 20) {
            let outbox = self.open()
            let isStarted = DetachedThread.start(stackBytes: 1 << 20) { self.send(from: outbox) }
            if !isStarted { self.log.error("the system has no thread to give: records are kept, and not sent") }
            self.take(into: outbox)
        }
        if !isStarted { log.error("the system has no thread to give: no records are taken") }
    }

    // MARK: - The loop's side

    /// Has what a node handed over stored. From any thread.
    func store(node: String, payload: [UInt8]) {
        let isTaken = state.withLock { state in
            guard state.arrived.count < Uplink.arrivedLimit,
                state.arrivedBytes + payload.count <= Uplink.arrivedBytesLimit
            else { return false }
            state.arrived.append((node, payload))
            state.arrivedBytes += payload.count
            return true
        }
        if isTaken { arrival.signal() }
    }

    /// What is durable since this was asked last, and how it gets on. From any thread.
    func takeNews() -> (stored: [Stored], figures: UplinkState) {
        news.clear()
        return state.withLock { state in
            defer { state.stored = [] }
            var figures = state.figures
            figures.error = state.diskFault ?? state.trouble?.text
            figures.needsPerson = state.diskFault != nil || state.trouble?.needsPerson == true ? true : nil
            return (state.stored, figures)
        }
    }

    // MARK: - The outbox

    private func open() -> Outbox {
        while true {
            do throws(OutboxError) {
                let limit = settings.limitBytes ?? Outbox.defaultLimit
                let outbox = try Outbox(folder: settings.outbox, limit: limit)
                tell(diskFault: nil)
                count(outbox)
                return outbox
            } catch {
                tell(diskFault: "\(error)")
                wait(for: nil, within: Uplink.pause)
            }
        }
    }

    private func take(into outbox: Outbox) {
        while true {
            wait(for: arrival, within: .seconds(3600))
            let arrived = state.withLock { state in
                defer { (state.arrived, state.arrivedBytes) = ([], 0) }
                return state.arrived
            }
            var records: [ReceivedRecord] = []
            var stored: [Stored] = []
            for message in arrived {
                let handed = HandedOver(message.payload, from: message.node, of: site)
                if let fault = handed.fault { log.warning("records of \(message.node) that aren't any: \(fault)") }
                guard let last = handed.last else { continue }
                records += handed.records
                stored.append(Stored(node: last.node, boot: last.boot, sequence: last.sequence))
            }
            guard !records.isEmpty else { continue }
            do throws(OutboxError) {
                let givenUp = try outbox.take(records)
                if !givenUp.isEmpty { log.warning("the outbox gave up \(givenUp.count) samples for want of room") }
                state.withLock { state in
                    state.stored += stored
                    state.figures.givenUp += givenUp.count
                }
                tell(diskFault: nil)
            } catch {
                tell(diskFault: "\(error)")
            }
            for line in outbox.news() { log.warning("\(line)") }
            count(outbox)
            storage.signal()
        }
    }

    // MARK: - The backend

    private func send(from outbox: Outbox) {
        var sender = UplinkSender(seed: .random(in: .min ... .max))
        var http: HTTPSender?
        while true {
            do {
                guard let batch = try outbox.batch(records: sender.limit, bytes: UplinkSender.bytes) else {
                    state.withLock { $0.figures.oldest = nil }
                    count(outbox)
                    wait(for: storage, within: .seconds(3600))
                    wait(for: nil, within: Uplink.gathering)
                    continue
                }
                let oldest = batch.lines.first.flatMap { try? ReceivedRecord(line: $0).at.nanoseconds }
                state.withLock { $0.figures.oldest = oldest }
                count(outbox)
                wait(for: nil, within: .nanoseconds(max(0, sender.due - MonotonicClock.now)))
                if http == nil { http = try? HTTPSender() }
                let outcome = post(batch.lines, by: http)
                switch sender.take(outcome, ofRecords: batch.lines.count, at: MonotonicClock.now) {
                case .remove:
                    try outbox.remove(batch)
                    state.withLock { $0.figures.lastSuccess = RealTimeClock.now }
                case .setAside(let reason):
                    let line = batch.lines[0]
                    log.error(
                        "the backend will never take \(String(decoding: line.prefix(600), as: UTF8.self)): \(reason)")
                    try outbox.setAside(line, of: batch, because: reason)
                    state.withLock { $0.figures.setAside += 1 }
                case .keep: break
                }
                tell(trouble: sender.trouble)
                count(outbox)
            } catch {
                tell(diskFault: "\(error)")
                wait(for: nil, within: Uplink.pause)
            }
        }
    }

    private func post(_ lines: [[UInt8]], by http: HTTPSender?) -> UplinkSender.Outcome {
        guard let http else { return .failed("libcurl has no memory") }
        let token: String
        do throws(MQTTError) { token = try settings.token() } catch { return .noToken("\(error)") }
        let body = Gzip.packed(Array(lines.joined(separator: [0x0a])) + [0x0a])
        let headers = [
            "Authorization: Bearer \(token)", "Content-Type: application/x-ndjson", "Content-Encoding: gzip",
            "User-Agent: footlight-fleet/\(Version.text)",
        ]
        do throws(HTTPSender.Failure) {
            let answer = try http.post(
                body, to: settings.url + "/v1/records", headers: headers, authorities: settings.ca,
                withinSeconds: Uplink.requestSeconds)
            return .answered(
                status: answer.status, retryAfter: answer.retryAfterSeconds.map { .seconds($0) },
                text: Uplink.reason(in: answer.body))
        } catch {
            return error.isOfTrust ? .distrusted(error.description) : .failed(error.description)
        }
    }

    /// Why a request was refused, in one line: the backend's word, or what somebody else said.
    private static func reason(in body: [UInt8]) -> String {
        let error = (try? JSON.scalar(at: JSONPath("error"), in: body))?.description
        return Excerpt.of(error ?? String(decoding: body.prefix(1000), as: UTF8.self), limit: 300)
    }

    // MARK: - Telling

    private func count(_ outbox: Outbox) {
        let contents = outbox.contents
        state.withLock { state in
            state.figures.records = contents.records
            state.figures.bytes = contents.kept + contents.samples
        }
        news.signal()
    }

    private func tell(diskFault: String?) {
        let before = state.withLock { state in
            defer { state.diskFault = diskFault }
            return state.diskFault
        }
        guard before != diskFault else { return }
        if let diskFault { log.error("\(diskFault)") } else if before != nil { log.notice("the outbox works again") }
        news.signal()
    }

    private func tell(trouble: UplinkSender.Trouble?) {
        let before = state.withLock { state in
            defer { state.trouble = trouble }
            return state.trouble
        }
        guard before != trouble else { return }
        if let trouble {
            log.warning("\(trouble.text); \(state.withLock { $0.figures.records }) records wait")
        } else if before != nil {
            log.notice("the backend takes records again")
        }
    }

    /// Blocks until something is signalled, or for so long.
    private func wait(for wakeUp: WakeUp?, within limit: Duration) {
        var descriptor = pollfd(fd: wakeUp?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        let milliseconds = limit.nanoseconds / 1_000_000 + (limit.nanoseconds % 1_000_000 > 0 ? 1 : 0)
        poll(&descriptor, 1, Int32(clamping: milliseconds))
        wakeUp?.clear()
    }
}
