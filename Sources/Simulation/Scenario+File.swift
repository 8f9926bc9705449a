internal import Lighting
internal import Mesh

/// A scenario in a file: a history that was worth keeping, whatever becomes of the generator that made it.
struct ScenarioFile: Codable {
    /// What went wrong in it, and when, a sentence or two.
    var about: String
    /// The invariant that was violated.
    var invariant: Invariant
    /// What happens.
    var scenario: Scenario
}

extension Invariant: Codable {}

extension MeshInstant: Codable {
    init(from decoder: any Decoder) throws {
        self.init(nanoseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }
}

/// As its message has it, which rounds: what a file holds is lived through before it is kept.
extension Zone: Codable {
    init(from decoder: any Decoder) throws { self = try ZoneMessage(from: decoder).zone }

    func encode(to encoder: any Encoder) throws { try ZoneMessage(self, revision: nil).encode(to: encoder) }
}
