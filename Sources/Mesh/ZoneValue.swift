public import Lighting

/// A value of a zone's configuration, whatever field holds it.
public enum ZoneValue: Sendable, Hashable {
    /// A time that something takes.
    case duration(Duration)
    /// A brightness, 0…1.
    case level(Lightness)
    /// A colour.
    case colour(Colour)
    /// One of a few words.
    case word(String)
    /// A whole number.
    case count(Int)
    /// An illuminance in lux.
    case lux(Double)
    /// True or false.
    case flag(Bool)
    /// A light sensor, `node/name`.
    case lightSensor(String)
    /// The order in which a wave runs.
    case order(Wave.Order)
    /// The way in which commands end.
    case ending(Ending)
    /// The time at which an entry of a profile begins.
    case time(ProfileTime)

    /// The kind of value that may stand in a field.
    public enum Kind: Sendable, Hashable {
        /// A time within a range.
        case duration(ClosedRange<Duration>)
        /// A brightness, 0…1; a percentage in files.
        case level
        /// A colour.
        case colour
        /// One of these words.
        case word([String])
        /// A whole number within a range.
        case count(ClosedRange<Int>)
        /// An illuminance within a range, in lux.
        case lux(ClosedRange<Double>)
        /// True or false.
        case flag
        /// A light sensor, `node/name`.
        case lightSensor
        /// The name of an order, or each bar's turn.
        case order
        /// A word for how commands end, or a time within ``Lighting/Ending/range``.
        case ending
        /// A time of day, or the sun's.
        case time

        /// What a message's field has behind its name in the site file, since there the number has no unit.
        var suffix: String {
            switch self {
            case .duration: "Seconds"
            case .lux: "Lux"
            default: ""
            }
        }

        /// The words of an enumeration.
        static func words<Word: RawRepresentable & CaseIterable>(of _: Word.Type) -> Kind
        where Word.RawValue == String { .word(Word.allCases.map(\.rawValue)) }
    }
}

/// What a zone or a part of it keeps in a field.
protocol ZoneFieldValue: Equatable {
    init?(inZone value: ZoneValue)
    var inZone: ZoneValue { get }
}

extension Duration: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .duration(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .duration(self) }
}

extension Lightness: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .level(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .level(self) }
}

extension Colour: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .colour(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .colour(self) }
}

extension Int: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .count(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .count(self) }
}

extension Double: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .lux(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .lux(self) }
}

extension Bool: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .flag(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .flag(self) }
}

extension String: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .lightSensor(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .lightSensor(self) }
}

extension Wave.Order: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .order(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .order(self) }
}

extension Ending: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .ending(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .ending(self) }
}

extension ProfileTime: ZoneFieldValue {
    init?(inZone value: ZoneValue) { if case .time(let held) = value { self = held } else { return nil } }
    var inZone: ZoneValue { .time(self) }
}

extension ZoneFieldValue where Self: RawRepresentable, RawValue == String {
    init?(inZone value: ZoneValue) {
        guard case .word(let word) = value else { return nil }
        self.init(rawValue: word)
    }
    var inZone: ZoneValue { .word(rawValue) }
}

extension EasingCurve: ZoneFieldValue {}
extension Wave.Off: ZoneFieldValue {}
extension Standby.Bars: ZoneFieldValue {}
