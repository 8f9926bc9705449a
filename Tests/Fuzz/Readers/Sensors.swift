@testable import Hardware
@testable import Mesh

extension Reader {
    private static let motion = [
        MotionPayload(field: nil, on: "ON", off: "OFF"), MotionPayload(field: nil, on: "1", off: nil),
        MotionPayload(field: "occupancy", on: "true", off: "false"),
        MotionPayload(field: "StatusSNS.Switch1", on: "ON", off: "OFF"),
        MotionPayload(field: "a.b.c.d", on: "1", off: "0"),
    ]
    private static let light = [
        LightPayload(field: []), LightPayload(field: ["illuminance"]), LightPayload(field: ["a", "b", "c", "d"]),
    ]

    /// Other makers' sensors, by the rules of an agent's file: the letter that begins the input chooses one.
    static func read(sensors bytes: [UInt8]) throws {
        guard let letter = bytes.first else { return }
        let payload = Array(bytes.dropFirst())
        do {
            if Int(letter) % 8 < motion.count {
                _ = try motion[Int(letter) % 8].motion(in: payload)
            } else if let lux = try light[Int(letter) % 8 - motion.count].lux(in: payload) {
                try require(LightMessage.range.contains(lux), "\(lux) lux")
            }
        } catch let error as MessageError { try requirePlain(error.description) }
    }
}
