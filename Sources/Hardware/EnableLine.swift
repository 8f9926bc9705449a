/// A chip's output-enable pin (OE), low for as long as the agent runs.
package final class EnableLine {
    private let place: GPIOPlace
    private let consumer: String
    private var line: GPIOLine?

    /// A line that is left alone until light is known.
    package init(_ place: GPIOPlace, consumer: String) {
        self.place = place
        self.consumer = consumer
    }

    /// Pulls it low.
    ///
    /// - Throws: ``HardwareError`` where the line can't be had.
    func enable() throws(HardwareError) {
        if line == nil { line = try .output(place, isActive: true, isActiveLow: true, consumer: consumer) }
    }
}
