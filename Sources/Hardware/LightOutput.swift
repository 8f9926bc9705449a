/// Something that gives light: an LED driver.
///
/// It lives on the one thread of the agent's loop, and must never block it.
public protocol LightOutput: AnyObject {
    /// Writes a frame.
    ///
    /// - Throws: ``HardwareError`` when the hardware doesn't take it. The next frame is tried all the same.
    func write(_ frame: Frame) throws(HardwareError)
}
