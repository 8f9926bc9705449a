internal import Mesh

/// One light sensor that some other program publishes on a topic.
struct TopicLight: Sendable {
    let name: String
    let topic: String
    private let payload: LightPayload
    private var watch: TopicWatch
    private var search = FieldSearch()
    /// What it said last, in lux, or why it can't say.
    private var lux: Double?
    private var trouble: String?

    /// Nil for light sensors of other drivers.
    init?(_ sensor: LightSensorConfiguration) {
        guard case .mqtt(let topic, let field, let availability) = sensor.input else { return nil }
        name = sensor.name
        self.topic = topic
        payload = LightPayload(field: field)
        watch = TopicWatch(availability)
    }

    var topics: [String] { [topic, watch.topic].compactMap(\.self) }

    mutating func take(_ topic: String, _ message: [UInt8]) -> [NodeEvent] {
        do throws(MessageError) {
            if topic == watch.topic, try watch.take(message) {
                // What it said before is of another time of day.
                if watch.isOnline == false { lux = nil }
                return [event]
            }
            guard topic == self.topic else { return [] }
            switch try payload.reading(of: message) {
            case .lux(let lux):
                search.found()
                watch.heard()
                (self.lux, trouble) = (lux, nil)
            case .unknown(let word): (lux, trouble) = (nil, "says \"\(word)\": not known")
            case .silence:
                guard let missed = search.missed(payload.field, in: message) else { return [] }
                trouble = missed
            }
            return [event]
        } catch {
            // What was known of it holds, if anything was.
            if !search.isOver { trouble = "says what can't be understood: \(error)" }
            return [.refused(topic: topic, error: error)] + (search.isOver ? [] : [event])
        }
    }

    private var event: NodeEvent {
        let fault = watch.refusal ?? watch.offline ?? trouble
        return .light(sensor: name, lux: fault == nil ? lux : nil, fault: fault)
    }

    mutating func refuse(_ reason: String?) -> [NodeEvent] {
        guard watch.refusal != reason else { return [] }
        watch.refusal = reason
        lux = nil
        return [event]
    }
}
