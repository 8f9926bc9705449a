import Glibc
import Testing

/// The guest of `scripts/lab`, whose kernel has simulated hardware.
enum Lab {
    /// Whether this process runs in it.
    static let isHere = getenv("FOOTLIGHT_LAB") != nil
}

extension Trait where Self == ConditionTrait {
    /// For tests that need the lab's kernel.
    static var inLab: Self { .enabled(if: Lab.isHere, "needs the lab's kernel: make lab") }
}
