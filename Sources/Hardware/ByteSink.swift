/// A bus that takes the bytes of a strip: SPI.
public protocol ByteSink: AnyObject {
    /// Sends `bytes` in one go, having opened the device if it isn't; closes it where that fails.
    func send(_ bytes: [UInt8]) throws(HardwareError)
}
