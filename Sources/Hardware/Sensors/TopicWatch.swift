internal import Mesh

/// Whether a sensor that speaks on a topic can be heard: whether the broker lets us, and whether the sensor is there.
struct TopicWatch: Sendable {
    private let availability: AvailabilityPayload?
    /// Why the broker doesn't let us hear it.
    var refusal: String?
    /// Whether somebody says that it can be reached; nil: nobody does.
    private(set) var isOnline: Bool?

    init(_ input: AvailabilityInput?) { availability = input.map { AvailabilityPayload(input: $0) } }

    /// Where it is said whether it can be reached.
    var topic: String? { availability?.input.topic }

    /// What is said of that.
    var offline: String? { isOnline == false ? "is offline, says \(topic ?? "")" : nil }

    /// Takes up what is said of that.
    ///
    /// - Returns: whether it is another now.
    mutating func take(_ payload: [UInt8]) throws(MessageError) -> Bool {
        let before = isOnline
        guard let said = try availability?.isOnline(in: payload) else { return false }
        isOnline = said
        return isOnline != before
    }

    /// The sensor itself has said something: who says that it can't be reached, errs.
    mutating func heard() { if isOnline == false { isOnline = nil } }
}
