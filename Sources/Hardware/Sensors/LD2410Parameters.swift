/// The parameters that a presence radar LD2410 keeps in its flash.
///
/// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.2.4.
struct LD2410Parameters: Hashable {
    /// The farthest gate at which movement counts.
    var farthestMoving: Int
    /// The farthest gate at which a still body counts.
    var farthestStill: Int
    /// The seconds for which somebody who left is still reported.
    var timeout: Int
    /// The sensitivity of each gate to movement, from gate 0 on: the energy, 0…100, that must be exceeded.
    var moving: [Int]
    /// That to a still body; it can't be set for the gates 0 and 1.
    var still: [Int]

    /// The parameters that the answer to ``LD2410Command/read`` holds; nil where it holds none.
    init?(answer: [UInt8]) {
        guard answer.count >= 4, answer[0] == 0xaa else { return nil }
        let gates = Int(answer[1]) + 1
        guard answer.count >= 4 + 2 * gates + 2 else { return nil }
        farthestMoving = Int(answer[2])
        farthestStill = Int(answer[3])
        moving = answer.dropFirst(4).prefix(gates).map(Int.init)
        still = answer.dropFirst(4 + gates).prefix(gates).map(Int.init)
        timeout = Int(answer[4 + 2 * gates]) | Int(answer[5 + 2 * gates]) << 8
    }
}
