import Hardware
import Testing

@Suite("Who has a GPIO line")
struct GPIOConsumerTests {
    @Test(arguments: [
        (GPIOConsumer.part("bottom", node: "stair-01"), "footlight stair-01/bottom", true),
        (.part("bottom", node: "stair-01"), "footlight stair-02/bottom", false),
        (.part("bottom", node: "stair-01"), "footlight stair-01/botto", false),
        (.part("bottom", node: "stair-01"), "footlight stair-01/bottom2", false),
        (.wire(node: "stair-01"), "footlight wire stair-01", true),
        (.wire(node: "stair-01"), "footlight wire stair-02", false),
        (.wire(node: "stair-01"), "", false),
        // The kernel keeps 31 bytes.
        (.part("bottom", node: "staircase-in-the-back"), "footlight staircase-in-the-back", true),
        (.part("bottom", node: "staircase-in-the-back"), "footlight staircase-in-the-back/bottom", false),
        (.part("bottom", node: "staircase-in-the-back"), "footlight staircase-in-the-bac", false),
    ])
    func `an agent's own use is known by its whole name, and another agent's isn't its own`(
        _ consumer: GPIOConsumer, _ user: String, _ isOwn: Bool
    ) {
        #expect(consumer.isSeen(as: user) == isOwn)
    }
}
