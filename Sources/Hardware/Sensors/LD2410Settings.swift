/// The settings that a presence radar LD2410 is to have. What isn't named stays as it is in the module.
package struct LD2410Settings: Sendable, Hashable {
    /// The gates of which a farthest one may be chosen; each is 0.75 m deep, or 0.2 m in modules set so.
    ///
    /// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.2.3; 1.2.2 says from 1 on, and isn't
    ///   followed, since it's 2.2.3 that describes the command.
    package static let farthestGates = 2...8
    /// The gates whose sensitivity to movement may be set.
    package static let movingGates = 0...8
    /// The gates whose sensitivity to a still body may be set.
    ///
    /// - Source: as above, table 7.
    package static let stillGates = 2...8
    /// The timeouts that may be set, in seconds.
    package static let timeouts = 0...65535

    /// The farthest gate at which movement counts, 2…8.
    package var farthestMoving: Int?
    /// The farthest gate at which a still body counts, 2…8.
    package var farthestStill: Int?
    /// The seconds for which the module reports somebody who left, 0…65535.
    package var timeout: Int?
    /// The sensitivities to movement by gate (0…8): the energy, 0…100, that must be exceeded, so 100 sees nothing.
    package var moving: [Int: Int]
    /// Those to a still body by gate (2…8).
    package var still: [Int: Int]

    /// Settings.
    package init(
        farthestMoving: Int? = nil, farthestStill: Int? = nil, timeout: Int? = nil, moving: [Int: Int] = [:],
        still: [Int: Int] = [:]
    ) {
        self.farthestMoving = farthestMoving
        self.farthestStill = farthestStill
        self.timeout = timeout
        self.moving = moving
        self.still = still
    }

    /// True if nothing is asked.
    var isEmpty: Bool { self == LD2410Settings() }

    /// The commands that bring a module to them, only for what differs: each write wears the module's flash.
    func commands(from found: LD2410Parameters) -> [LD2410Command] {
        var commands: [LD2410Command] = []
        let range = (farthestMoving ?? found.farthestMoving, farthestStill ?? found.farthestStill)
        let timeout = timeout ?? found.timeout
        if range != (found.farthestMoving, found.farthestStill) || timeout != found.timeout {
            commands.append(.setRange(moving: range.0, still: range.1, timeout: timeout))
        }
        for gate in found.moving.indices {
            let wanted = (moving[gate] ?? found.moving[gate], still[gate] ?? found.still[gate])
            if wanted != (found.moving[gate], found.still[gate]) {
                commands.append(.setGate(gate, moving: wanted.0, still: wanted.1))
            }
        }
        return commands
    }
}
