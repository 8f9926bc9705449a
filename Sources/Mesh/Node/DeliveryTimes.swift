internal import Lighting

/// How long messages take to arrive: here, as is measured, and at other nodes, as they say.
struct DeliveryTimes: Sendable {
    /// A message older than this says nothing of the network: it waited somewhere.
    private static let longest = Duration.seconds(2)

    private var here = DeliveryWindow()
    /// What was said of it last.
    private var said: Duration?
    /// What has come and hasn't been measured yet: when the motion began, and when its message was here.
    private var arrivals: [(edge: MeshInstant, at: MeshInstant)] = []
    private var elsewhere: [String: Duration] = [:]

    /// What almost all messages stay below here; nil: none has been measured.
    var p99: Duration? { here.p99 }

    /// What they stay below at another node; nil: it hasn't said.
    func delay(at node: String) -> Duration? { elsewhere[node] }

    /// A node says how long messages take to arrive there, or (nil) that it doesn't know any more.
    mutating func hear(_ delay: Duration?, from node: String) {
        guard elsewhere[node] != nil || elsewhere.count < Presence.maximumNodes else { return }
        elsewhere[node] = delay
    }

    /// A message of motion that began at `edge` was here at `instant`. It is measured once there is time for that.
    mutating func arrived(_ edge: MeshInstant, at instant: MeshInstant) { arrivals.append((edge, instant)) }

    /// Measures what has arrived.
    ///
    /// - Returns: what is to be said of it; nil: nothing new that matters, by a millisecond and by a quarter.
    mutating func news() -> DeliveryMessage? {
        guard !arrivals.isEmpty else { return nil }
        for (edge, instant) in arrivals where instant - edge < DeliveryTimes.longest { here.add(instant - edge) }
        arrivals.removeAll(keepingCapacity: true)
        guard let p99 = here.p99 else { return nil }
        if let said, abs((p99 - said).nanoseconds) < max(1_000_000, said.nanoseconds / 4) { return nil }
        said = p99
        return DeliveryMessage(p99, samples: here.count, heldBack: here.heldBack)
    }
}
