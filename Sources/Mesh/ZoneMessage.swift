public import Lighting

/// A zone's configuration as the operator publishes it.
public struct ZoneMessage: Payload, Hashable {
    /// What lit bars show.
    public struct Look: Codable, Sendable, Hashable {
        var brightness: Double?
        var colour: String?
        var gradient: String?
        var easeInSeconds: Double?
        var easeOutSeconds: Double?
        var curve: String?
    }

    /// How light runs.
    public struct Wave: Codable, Sendable, Hashable {
        var delaySeconds: Double?
        var delayBackwardSeconds: Double?
        var alongSeconds: Double?
        var order: Order?
        var off: String?

        init(_ wave: Lighting.Wave) {
            delaySeconds = wave.delay.seconds
            delayBackwardSeconds = wave.delayBackward?.seconds
            alongSeconds = wave.along > .zero ? wave.along.seconds : nil
            off = wave.off.rawValue
            order =
                if case .positions(let positions) = wave.order { .positions(positions) } else {
                    .named(wave.order.name ?? "fromSensor")
                }
        }
    }

    /// How light walks along with people.
    public struct Follow: Codable, Sendable, Hashable {
        var reach: Int?
        var paceSeconds: Double?
    }

    /// An order by name, or every bar's turn.
    public enum Order: Codable, Sendable, Hashable {
        case named(String)
        case positions([Int])
        /// Something else, which only a later contract may have.
        case other

        /// Reads a text or a list.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                self = .named(name)
            } else {
                self = (try? container.decode([Int].self)).map { .positions($0) } ?? .other
            }
        }

        /// Writes a text or a list.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .named(let name): try container.encode(name)
            case .positions(let positions): try container.encode(positions)
            case .other: try container.encodeNil()
            }
        }
    }

    /// When motion lights the zone.
    public struct DarkLimit: Codable, Sendable, Hashable {
        var sensor: String
        var belowLux: Double
    }

    /// What holds from a time of day, or from the sun's rising or setting, on.
    public struct ProfileEntry: Codable, Sendable, Hashable {
        var from: String
        var brightness: Double?
        var colour: String?
        var holdSeconds: Double?
        var easeInSeconds: Double?
        var easeOutSeconds: Double?
        var standby: Double?
        var wave: Wave?
    }

    /// What bars show while nobody is there.
    public struct Standby: Codable, Sendable, Hashable {
        var level: Double
        var colour: String?
        var bars: String?
    }

    /// How commands end that don't say it: a word, or a time.
    public struct Manual: Codable, Sendable, Hashable {
        var on: String?
        var onSeconds: Double?
        var off: String?
        var offSeconds: Double?
    }

    /// When it was applied, nanoseconds since 1970; of two, the later holds.
    public var revision: Int64?
    /// The bars in order.
    public var bars: [String]
    /// `first`, `last` or a bar's name, by sensor.
    public var sensors: [String: String]
    var holdSeconds: Double?
    var look: Look?
    var wave: Wave?
    var follow: Follow?
    var profile: [ProfileEntry]?
    var leadSeconds: Double?
    var onlyWhenDark: DarkLimit?
    var manual: Manual?
    var standby: Standby?
    var master: Bool?
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case revision, bars, sensors, holdSeconds, look, wave, follow, profile, leadSeconds, onlyWhenDark, manual,
            standby, master
        case contract = "protocol"
    }

    /// The message for a zone.
    public init(_ zone: Zone, revision: Int64?) {
        self.revision = revision
        contract = Version.contract
        bars = zone.bars
        sensors = zone.sensors.mapValues {
            switch $0 {
            case .first: "first"
            case .last: "last"
            case .bar(let name): name
            }
        }
        holdSeconds = zone.hold.seconds
        look = Look(
            brightness: zone.look.brightness.value, colour: zone.look.colour.text,
            gradient: zone.look.gradient?.text,
            easeInSeconds: zone.look.easeIn.seconds, easeOutSeconds: zone.look.easeOut.seconds,
            curve: zone.look.curve.rawValue)
        wave = zone.wave.map(Wave.init)
        follow = zone.follow.map { Follow(reach: $0.reach, paceSeconds: $0.pace.seconds) }
        profile =
            zone.profile.entries.isEmpty
            ? nil
            : zone.profile.entries.map {
                ProfileEntry(
                    from: $0.from.text, brightness: $0.brightness?.value, colour: $0.colour?.text,
                    holdSeconds: $0.hold?.seconds, easeInSeconds: $0.easeIn?.seconds,
                    easeOutSeconds: $0.easeOut?.seconds, standby: $0.standby?.value,
                    wave: $0.wave.map(Wave.init))
            }
        leadSeconds = zone.lead?.seconds
        onlyWhenDark = zone.onlyWhenDark.map { DarkLimit(sensor: $0.sensor, belowLux: $0.lux) }
        standby = zone.standby.map {
            Standby(level: $0.level.value, colour: $0.colour?.text, bars: $0.bars == .all ? nil : $0.bars.rawValue)
        }
        master = zone.isMaster ? true : nil
        guard zone.manual != ManualEndings() else { return }
        func seconds(_ ending: Ending) -> Double? { if case .after(let time) = ending { time.seconds } else { nil } }
        manual = Manual(
            on: zone.manual.on.name, onSeconds: seconds(zone.manual.on), off: zone.manual.off.name,
            offSeconds: seconds(zone.manual.off))
    }
}
