@testable import Configuration
@testable import Hardware
@testable import Mesh

extension Reader {
    private static func equal(_ text: String) -> PayloadCondition? {
        PayloadValue(text: text).map { .equals($0) }
    }

    private static func motion(_ field: JSONPath, on: String, off: String?) -> MotionPayload {
        MotionPayload(
            field: field, on: [equal(on), .compares(.atLeast, 900)].compactMap(\.self),
            off: off.map { [equal($0), .compares(.below, 0)].compactMap(\.self) })
    }

    private static let motion = [
        motion(.whole, on: "ON", off: "OFF"), motion(.whole, on: "1", off: nil),
        motion(JSONPath("occupancy"), on: "true", off: "false"),
        motion(JSONPath("StatusSNS", "Switch1"), on: "ON", off: "OFF"),
        motion((try? JSONPath(text: "a[1].b.c")) ?? .whole, on: "1", off: "0"),
    ]
    private static let light = [
        LightPayload(field: .whole), LightPayload(field: JSONPath("illuminance")),
        LightPayload(field: JSONPath("a", "b", "c", "d")),
    ]

    /// Other makers' sensors, by the rules of an agent's file: the letter that begins the input chooses one.
    static func read(sensors bytes: [UInt8]) throws {
        guard let letter = bytes.first else { return }
        let payload = Array(bytes.dropFirst())
        do {
            if Int(letter) % 8 < motion.count {
                _ = try motion[Int(letter) % 8].reading(of: payload)
            } else if case .lux(let lux) = try light[Int(letter) % 8 - motion.count].reading(of: payload) {
                try require(LightMessage.range.contains(lux), "\(lux) lux")
            }
        } catch let error as MessageError { try requirePlain(error.description) }
    }
}
