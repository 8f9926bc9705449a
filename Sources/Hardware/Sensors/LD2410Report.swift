/// A report of the presence radar LD2410: the people that it sees, ten times a second.
///
/// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), tables 13…15.
package struct LD2410Report: Sendable, Hashable {
    /// The energies of each gate of distance, 0…100, from gate 0 on.
    package struct Gates: Sendable, Hashable {
        /// Those of what moves.
        package var moving: [Int]
        /// Those of what is still.
        package var still: [Int]

        /// Energies.
        package init(moving: [Int], still: [Int]) {
            self.moving = moving
            self.still = still
        }
    }

    /// True if somebody moves.
    package var isMoving: Bool
    /// True if somebody is there without moving.
    package var isStill: Bool
    /// The distance of what moves, in centimetres; without meaning where nothing does.
    package var movingDistance: Int
    /// The energy of what moves, 0…100.
    package var movingEnergy: Int
    /// The distance of what is still, in centimetres; without meaning where nothing is.
    package var stillDistance: Int
    /// The energy of what is still, 0…100.
    package var stillEnergy: Int
    /// The distance at which somebody was detected, in centimetres.
    package var detectionDistance: Int
    /// The energies of each gate; nil outside the engineering mode.
    package var gates: Gates?

    /// A report.
    package init(
        isMoving: Bool, isStill: Bool, movingDistance: Int, movingEnergy: Int, stillDistance: Int, stillEnergy: Int,
        detectionDistance: Int, gates: Gates? = nil
    ) {
        self.isMoving = isMoving
        self.isStill = isStill
        self.movingDistance = movingDistance
        self.movingEnergy = movingEnergy
        self.stillDistance = stillDistance
        self.stillEnergy = stillEnergy
        self.detectionDistance = detectionDistance
        self.gates = gates
    }
}
