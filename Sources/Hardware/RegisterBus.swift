/// A chip on a bus whose registers are read and written.
package protocol RegisterBus: AnyObject {
    /// Reads a register.
    ///
    /// - Throws: ``HardwareError`` where the chip doesn't answer.
    func read(_ register: UInt8) throws(HardwareError) -> UInt8
    /// Writes 1 to 32 bytes into the registers from `register` on.
    ///
    /// - Throws: ``HardwareError`` where the chip doesn't answer.
    func write(_ bytes: [UInt8], from register: UInt8) throws(HardwareError)
}
