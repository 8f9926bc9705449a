/// Somebody's stay before one sensor, as a zone that follows people remembers it.
struct Stay: Sendable, Hashable {
    let sensor: String
    /// The start of the activation that it belongs to.
    var activation: MeshInstant
    /// When the first bar lights.
    var on: MeshInstant
    /// When its hold ends.
    var off: MeshInstant

    /// What a sensor tells of, whose hold is over at `end` if nothing more is heard.
    init(_ register: SensorRegister, of sensor: String, end: MeshInstant) {
        self.sensor = sensor
        activation = register.start
        on = register.firstMotion + register.lead
        off = end
    }

    /// The same, by a clock that was set by `step`.
    func shifted(by step: Duration) -> Stay {
        var shifted = self
        shifted.activation = activation + step
        shifted.on = on + step
        shifted.off = off + step
        return shifted
    }
}

/// The stays before a zone's sensors of which no register tells any more, or not all.
struct StayMemory: Sendable {
    private static let maximum = 8

    /// Stays that are over, or whose light walks along still.
    private(set) var past: [Stay] = []
    /// The beginnings of stays whose sensors' nodes were started anew amid them, and tell of who is there as if they had
    /// just come.
    private var begun: [String: Stay] = [:]

    /// What a register tells of, with what is known of its beginning.
    ///
    /// - Parameter end: when its hold ends.
    func stay(of sensor: String, _ register: SensorRegister, end: MeshInstant) -> Stay {
        var stay = Stay(register, of: sensor, end: end)
        if let begun = begun[sensor], begun.on < stay.on { (stay.activation, stay.on) = (begun.activation, begun.on) }
        return stay
    }

    /// Takes note of a sensor's register before another takes its place; nil: none does.
    mutating func remember(
        _ old: SensorRegister, of sensor: String, end: MeshInstant, before new: SensorRegister?
    ) {
        let stay = stay(of: sensor, old, end: end)
        guard let new, new.firstMotion <= end else {
            begun[sensor] = nil
            // The same sensor tells of its next visitor, and light may be walking along with the last one still.
            if new != nil { past = (past + [stay]).suffix(StayMemory.maximum) }
            return
        }
        // What is lit stays lit.
        if new.firstMotion > old.firstMotion { begun[sensor] = stay }
    }

    /// Moves along with a clock that was set by `step`.
    mutating func shift(by step: Duration) {
        past = past.map { $0.shifted(by: step) }
        begun = begun.mapValues { $0.shifted(by: step) }
    }
}
