internal import Lighting
internal import Mesh

/// One motion sensor that some other program publishes on a topic.
struct TopicMotion: Sendable {
    let name: String
    let topic: String
    private let payload: MotionPayload
    /// How long motion lasts that nothing else ends, nanoseconds.
    private let pulse: Int64?
    private let acceptsRetained: Bool
    private var watch: TopicWatch
    private var search = FieldSearch()
    private var trouble: String?
    /// When motion ends that nothing else ends before, on the monotonic clock.
    private(set) var endsAt: Int64?

    /// Nil for sensors of other drivers.
    init?(_ sensor: SensorConfiguration) {
        guard let input = sensor.input.driver as? MQTTSensorInput else { return nil }
        name = sensor.name
        topic = input.topic
        pulse = input.pulse?.nanoseconds
        payload = MotionPayload(field: input.field, on: input.on, off: input.off)
        acceptsRetained = input.acceptsRetained
        watch = TopicWatch(input.availability)
    }

    var topics: [String] { [topic, watch.topic].compactMap(\.self) }

    mutating func take(_ topic: String, _ message: [UInt8], retained: Bool, at now: Int64) -> [NodeEvent] {
        var events: [NodeEvent] = []
        if topic == watch.topic {
            do throws(MessageError) {
                if try watch.take(message) {
                    if watch.isOnline == false { endsAt = nil }
                    events.append(hearing())
                }
            } catch { events.append(.refused(topic: topic, error: error)) }
        }
        if topic == self.topic { events += read(message, retained: retained, at: now) }
        return events
    }

    private mutating func read(_ message: [UInt8], retained: Bool, at now: Int64) -> [NodeEvent] {
        var events: [NodeEvent] = []
        var value: MotionPayload.Value?
        var reading = MotionPayload.Reading.unknown
        do throws(MessageError) {
            value = try payload.value(in: message)
            reading = try value.map { value throws(MessageError) in try payload.reading(of: value) } ?? .silence
            understood(reading, value, message)
        } catch {
            events.append(.refused(topic: topic, error: error))
            let isWhole = payload.field == .whole && message.first { $0 > 0x20 } == UInt8(ascii: "{")
            trouble = (isWhole ? search.missed(.whole, in: message) : nil) ?? "says what can't be understood: \(error)"
            // What it says may be of no use; it lives.
            if value != nil { reading = .silence }
        }
        let isAlive = !retained && reading != .unknown
        if isAlive { watch.heard() }
        events.append(hearing(value.map { retained ? "\($0.text) (retained)" : $0.text }, isAlive: isAlive))
        guard reading == .motion || reading == .stillness else { return events }
        let seen = reading == .motion
        // Motion that the broker had kept from before begins nothing: nobody knows how long ago it was.
        if seen, retained, !acceptsRetained { return events }
        endsAt = seen ? pulse.map { now + $0 } : nil
        events.append(.motion(sensor: name, seen: seen))
        return events
    }

    private mutating func understood(
        _ reading: MotionPayload.Reading, _ value: MotionPayload.Value?, _ message: [UInt8]
    ) {
        switch reading {
        case .motion, .stillness:
            search.found()
            trouble = nil
        case .unknown: trouble = "says \"\(value?.text ?? "")\": not known"
        // Where motion ends by itself, what isn't motion need not have the field.
        case .silence where value == nil:
            if let missed = search.missed(payload.field, in: message, isRare: payload.off == nil) { trouble = missed }
        case .silence: break
        }
    }

    private func hearing(_ said: String? = nil, isAlive: Bool = false) -> NodeEvent {
        .heard(
            sensor: name,
            SensorHearing(
                said: said, trouble: watch.offline ?? trouble, isAlive: isAlive, isOnline: watch.isOnline))
    }

    mutating func refuse(_ reason: String?) -> [NodeEvent] {
        guard watch.refusal != reason else { return [] }
        watch.refusal = reason
        if reason != nil { endsAt = nil }
        return [.sensor(name, fault: reason)]
    }

    /// Ends motion whose time is over at `now`.
    mutating func end(at now: Int64) -> (event: NodeEvent, at: Int64)? {
        guard let end = endsAt, end <= now else { return nil }
        endsAt = nil
        return (.motion(sensor: name, seen: false), end)
    }
}
