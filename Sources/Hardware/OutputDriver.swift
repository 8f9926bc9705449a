package import Documents
package import Lighting

/// A way to draw a bar, with the fields that an agent's file gives it: a value that has been read and can be drawn by.
///
/// A driver is one file in `Outputs`, and its line in ``Drivers/outputs``.
package protocol OutputDriver: Sendable, Hashable {
    /// The driver's name in the file, after `driver:`.
    static var name: String { get }
    /// The fields beside `driver`.
    static var fields: [DriverField] { get }
    /// The whole value in YAML, for a bar of these channels, to be shown in errors.
    static func example(for channels: ChannelSet) -> String
    /// Reads the fields; nil: a fault was reported.
    init?(_ fields: FieldMap, channels: ChannelSet)

    /// The number of pixels along the bar, at least 1.
    var pixels: Int { get }
    /// True if the bar is reached over the network.
    var needsNetwork: Bool { get }
    /// The parts of the board that it takes.
    var claims: [Claim] { get }
    /// A remark on light that is worse than it need be, with the reason; nil: none.
    var warning: String? { get }
    /// Returns the output that draws a bar; its device is opened when it is first needed.
    func output(for bar: BarPlace) -> any LightOutput
    /// Returns what the doctor finds: is the device there, may the agent use it, and is it what the file says?
    ///
    /// - Parameters:
    ///   - check: the findings' title: `bar rail`.
    ///   - output: the bar's output, which hasn't been opened.
    func findings(_ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board) -> [Finding]
}

extension OutputDriver {
    package static var fields: [DriverField] { [] }
    package var pixels: Int { 1 }
    package var needsNetwork: Bool { false }
    package var claims: [Claim] { [] }
    package var warning: String? { nil }
    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] { [] }
}
