/// Makes of what a strip is to show the bytes that its chips read. Pure.
public protocol StripEncoder: Sendable {
    /// The transfer made last.
    var bytes: [UInt8] { get }
    /// The time that a transfer takes on the wire.
    var duration: Duration { get }
    /// Makes the transfer that shows `strip`; says whether light too fine for the hardware wants another soon.
    mutating func encode(_ strip: Strip, isAtRest: Bool) -> Bool
}
