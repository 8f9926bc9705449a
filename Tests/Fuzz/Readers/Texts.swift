import AWSTopology
import Documents
import Hardware
import Lighting
import MQTT

@testable import Configuration
@testable import Fleet
@testable import Mesh

extension Reader {
    /// Short texts with a grammar of their own, by the letter that begins the input; what was read and is written again is
    /// the same.
    static func read(texts bytes: [UInt8]) throws {
        guard let letter = bytes.first else { return }
        try Line.item(letter, of: texts)(String(decoding: bytes.dropFirst(), as: UTF8.self))
    }

    private static let now = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
    private static let texts: [@Sendable (String) throws -> Void] = [
        { text in
            guard let duration = Duration(text: text) else { return }
            // To the microsecond.
            let written = try again(duration.text, Duration.init(text:))
            try require(abs((written - duration).seconds) <= 1e-6, "\(duration) became \(written)")
        },
        { text in
            guard let lightness = Lightness(text: text) else { return }
            try require((0...1).contains(lightness.value), "\(lightness)")
            let written = try again(lightness.text, Lightness.init(text:))
            try require(abs(written.value - lightness.value) <= 1e-3, "\(lightness) became \(written)")
        },
        { text in
            guard let colour = Colour(text: text) else { return }
            // To a kelvin.
            let written = try again(colour.text, Colour.init(text:))
            try require(try again(written.text, Colour.init(text:)) == written, "\(colour) became \(written)")
        },
        { text in
            guard let time = TimeOfDay(text: text) else { return }
            try require(try again(time.text, TimeOfDay.init(text:)) == time, "\(time) became another time")
        },
        { text in
            guard let cron = CronExpression(text: text) else { return }
            try require(try again(cron.text, CronExpression.init(text:)) == cron, "\(cron) became another")
            guard let next = cron.first(after: now, on: .utc) else { throw Broken(description: "\(text) never comes") }
            try require(next > now, "\(text) comes at \(next)")
            try require(cron.last(notAfter: next, on: .utc) == next, "\(text): the last isn't the next")
        },
        { text in
            do {
                let network = try IPv4Network(text)
                try require(try IPv4Network("\(network)") == network, "\(network) became another")
                try require(network.subtracting([network]).isEmpty, "something is left of \(network)")
                for taken in [network.subnet(0, prefix: 32), network.subnet(1, prefix: network.prefix + 1)] {
                    guard let taken else { continue }
                    let sizes = network.subtracting([taken]).reduce(taken.size) { $0 + $1.size }
                    try require(sizes == network.size, "\(network) less \(taken) and \(taken) are not the same")
                }
            } catch is TopologyError {}
        },
        { text in
            _ = (try? BrokerAddress(text), BrokerAddress(text: text), ListenAddress(text: text))
        },
        { text in
            if let topic = Topic(name: text, site: "home") {
                try require(topic.name(site: "home") == text, "\(text) became \(topic)")
            }
            if let topic = FleetTopic(name: text, site: "home") {
                try require(topic.name(site: "home") == text, "\(text) became \(topic)")
            }
            if let topic = ClockTopic(name: text, site: "home") {
                try require(topic.name(site: "home") == text, "\(text) became \(topic)")
            }
            try require(
                TopicFilter.matches(text, text) || text.hasPrefix("$") || text.contains(where: { "+#".contains($0) }),
                "\(text) doesn't match itself")
            _ = TopicFilter.matches("footlight/+/node/#", text)
        },
        { text in
            guard let path = TimeZoneDatabase.system.path(of: text) else { return }
            try require(!path.contains(".."), "\(path) leads elsewhere")
            _ = TimeZoneDatabase.system.contains(text)
        },
        { text in
            _ = PayloadValue(text: text)
            if let place = Name.place(text) { try require(Name.isValid(place.node), "\(place)") }
        },
        { text in _ = try? LintSuppression(option: text) },
    ]

    private static func again<Value>(_ text: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = read(text) else { throw Broken(description: "what was written can't be read: \(text)") }
        return value
    }
}
