internal import Lighting

/// What a bar shows from its node's start until the node knows what it should; or, for good, when the node has ended.
struct InterimLight: Sendable {
    /// How long it takes to go.
    private static let ease = Duration.milliseconds(1500)
    /// How long nothing may be heard before the node goes by what it knows.
    static let patience = Duration.seconds(10)

    let shown: Light
    /// When it begins to go; nil: it stays.
    var until: MeshInstant?

    /// When it is gone, or has come to stay.
    var end: MeshInstant { until.map { $0 + InterimLight.ease } ?? .distantPast }

    func light(at instant: MeshInstant) -> Light {
        guard let until else { return shown }
        let gone = Double((instant - until).nanoseconds) / Double(InterimLight.ease.nanoseconds)
        return .between(shown, .dark(shown.colour), at: min(max(gone, 0), 1))
    }
}
