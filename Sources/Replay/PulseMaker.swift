import Lighting

/// Makes pulses, each with its length, of events that say ON and OFF.
public struct PulseMaker: Sendable {
    /// The pulses so far, in the order of their starts.
    public private(set) var pulses: [MotionPulse] = []

    private let longest: Duration
    /// For each sensor that sees motion, the place of its pulse.
    private var open: [Int: Int] = [:]

    /// - Parameter longest: a pulse without an end, or with a later one, ends then.
    public init(longest: Duration) { self.longest = longest }

    /// Takes the next event; none may be earlier than the one before.
    public mutating func take(_ event: MotionEvent) {
        if event.motion {
            guard open[event.sensor] == nil else { return }
            open[event.sensor] = pulses.count
            pulses.append(MotionPulse(start: event.time, sensor: event.sensor, length: longest))
        } else if let index = open.removeValue(forKey: event.sensor) {
            pulses[index].length = min(longest, event.time - pulses[index].start)
        }
    }
}
