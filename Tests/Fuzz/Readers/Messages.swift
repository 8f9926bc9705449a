import Lighting

@testable import Fleet
@testable import Mesh

extension Reader {
    private static let now = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)

    /// Every message, by the letter that begins the input: what was decoded is the same once encoded and decoded again.
    static func read(messages bytes: [UInt8]) throws {
        guard let letter = bytes.first else { return }
        do { try Line.item(letter, of: messages)(Array(bytes.dropFirst())) } catch let error as MessageError {
            try requirePlain(error.description)
        }
    }

    private static let messages: [@Sendable ([UInt8]) throws -> Void] = [
        { try plain(NodeStatus.self, $0, NodeStatus.init(bytes:)) },
        { try trip(HealthMessage.self, $0) },
        { try trip(DeliveryMessage.self, $0) },
        { try plain(SensorMessage.self, $0, SensorMessage.init(bytes:)) { _ = try $0.registers(at: now) } },
        { try trip(LightMessage.self, $0) },
        { try trip(BarMessage.self, $0) },
        { try trip(ActionMessage.self, $0) },
        { try trip(ResultMessage.self, $0) },
        { try trip(SiteMessage.self, $0) },
        {
            // Of what only a later contract has, nothing is kept.
            let plain = try JSON.decode(ZoneMessage.self, from: $0)
            try trip(ZoneMessage.self, JSON.encode(plain)) { message in
                let zone = message.zone
                let again = try JSON.decode(
                    ZoneMessage.self, from: JSON.encode(ZoneMessage(zone, revision: message.revision)))
                try require(again.zone == zone, "\(zone) became another zone")
            }
        },
        { try trip(PlacesMessage.self, $0) },
        { bytes in
            // A colour is written to the kelvin.
            let command = try ZoneCommand(payload: try ZoneCommand(payload: bytes).payload)
            try require(try ZoneCommand(payload: command.payload) == command, "\(command) became another command")
            var message = OverrideMessage()
            message.take(command, at: now, lead: .milliseconds(30))
            _ = try message.overrides()
        },
        { try trip(OverrideMessage.self, $0) { _ = try $0.overrides() } },
        { try trip(ZoneReport.self, $0) },
        { try plain(ClockRequest.self, $0, ClockRequest.init(bytes:)) },
        { try plain(ClockReply.self, $0, ClockReply.init(bytes:)) },
        { try trip(AgentClaim.self, $0) },
        { try trip(NodeMessage.self, $0) },
        { try trip(GroupMessage.self, $0) },
        { try trip(FleetCommand.self, $0) },
    ]

    private static func trip<Message: Codable & Equatable>(
        _ type: Message.Type, _ bytes: [UInt8], _ use: (Message) throws -> Void = { _ in }
    ) throws {
        let message = try JSON.decode(type, from: bytes)
        let again = try JSON.decode(type, from: JSON.encode(message), within: .keptFile)
        try require(again == message, "\(message) became \(again)")
        try use(message)
    }

    /// A message that has a reader of its own for its usual spelling, which must agree with the library's.
    private static func plain<Message: Codable & Equatable>(
        _ type: Message.Type, _ bytes: [UInt8], _ read: ([UInt8]) throws -> Message,
        _ use: (Message) throws -> Void = { _ in }
    ) throws {
        let message = try read(bytes)
        let other = try JSON.decode(type, from: bytes)
        try require(message == other, "\(message) is to the library \(other)")
        try trip(type, bytes, use)
    }
}
