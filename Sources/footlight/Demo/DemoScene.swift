internal import Mesh

/// One walk of the demo's script, and how the bars lit.
struct DemoScene: Sendable {
    /// What was done.
    let name: String
    /// The activation's start, nanoseconds of mesh time.
    let activation: Int64
    /// Each bar's first light; a bar that missed has none.
    let firstLights: [String: BarMessage.FirstLight]
}
