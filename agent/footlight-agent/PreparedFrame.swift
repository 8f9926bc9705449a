internal import Lighting
internal import Mesh

/// The frame of a planned instant, calculated before it: when the instant comes, there is nothing left to do but to
/// write it.
struct PreparedFrame {
    /// How long before. Ten agents on one small board still get it done one after the other.
    static let ahead: Int64 = 2_000_000
    /// So late it isn't the right frame any more.
    static let limit: Int64 = 2_000_000

    /// When, on the monotonic clock.
    let due: Int64
    /// The core as it will be when the frame is drawn.
    let core: NodeCore
    /// The bars as they will be then, and which of them will show something else.
    let bars: [DrawnBar]
    let changed: [Int]
    /// When the frame after it is due.
    let next: MeshInstant?
}
