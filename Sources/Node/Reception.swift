internal import Lighting
internal import MQTT
internal import Mesh

/// What comes from the broker, on its way to the node: floods are kept out, and what light waits for goes first.
struct Reception: Sendable {
    /// Something whose turn it is.
    enum Arrival: Sendable {
        /// A message, and its topic, if it is one of the site's.
        case message(ReceivedMessage, Topic?)
        case event(MQTTEvent)
    }

    private let site: String
    /// What topics of the clock exchange begin with.
    private let clockPrefix: String
    private var gate = TopicGate()
    private var intake = Intake<Arrival>()

    init(site: String) {
        self.site = site
        clockPrefix = ClockTopic.prefix(site: site)
    }

    /// Whether nothing waits for its turn.
    var isEmpty: Bool { intake.isEmpty }
    /// Whether no more is to be read until some of it has been taken up.
    var isFull: Bool { intake.isFull }
    /// Whether there was more than could be taken up at once.
    var isBehind: Bool { intake.isBehind }
    /// When something wants its turn, on the monotonic clock.
    var due: Int64 { intake.isEmpty ? gate.due : .min }

    /// Something other than a message came.
    mutating func add(_ event: MQTTEvent, isTurn: Bool) { intake.add(.event(event), isTurn ? .turn : .other) }

    /// A message came: it waits for its turn, unless there are too many of its topic.
    ///
    /// - Parameter isHeard: whether it is on the topic of a sensor of the node's own.
    /// - Returns: whether it is of the clock exchange, and to be taken up at once.
    mutating func add(_ message: ReceivedMessage, isHeard: Bool, at now: Int64) -> Bool {
        let arrived = TopicGate.Message(topic: message.topic, payload: message.payload, retained: message.retained)
        if message.topic.hasPrefix(clockPrefix) { return gate.admit(arrived, as: .passing, at: now) }
        let topic = Topic(name: message.topic, site: site)
        guard gate.admit(arrived, as: topic?.isOfCommands == true ? .command : .state, at: now) else { return false }
        enqueue(message, topic, isHeard: isHeard)
        return false
    }

    private mutating func enqueue(_ message: ReceivedMessage, _ topic: Topic?, isHeard: Bool) {
        intake.add(
            .message(message, topic), topic?.isOfLight == true || isHeard ? .light : .other,
            bytes: message.topic.utf8.count + message.payload.count)
    }

    /// What the gate has held back for long enough waits for its turn, too; from now on turns may take for so long as the
    /// loop can spare.
    ///
    /// - Returns: lines for the log.
    mutating func begin(at now: Int64, isHeard: (String) -> Bool) -> [String] {
        for message in gate.release(at: now) {
            enqueue(
                ReceivedMessage(topic: message.topic, payload: message.payload, retained: message.retained),
                Topic(name: message.topic, site: site), isHeard: isHeard(message.topic))
        }
        intake.begin(at: now)
        return gate.takeNews(at: now)
    }

    /// The next whose turn it is; nil: nothing waits, or the time for it is over.
    mutating func next(at now: Int64) -> Arrival? { intake.next(at: now) }

    /// A check for a health report while a topic floods.
    func checks(at now: Int64) -> [HealthMessage.Check] { gate.checks(at: now) }
}
