private import Glibc

/// The board's wireless network interfaces.
public enum WiFi {
    /// Their names.
    ///
    /// - Parameter root: the folder that `/sys` is looked for in.
    public static func interfaces(root: String = "") -> [String] {
        guard let folder = opendir("\(root)/sys/class/net") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if access("\(root)/sys/class/net/\(name)/wireless", F_OK) == 0 { names.append(name) }
        }
        return names.sorted()
    }

    /// Returns whether an interface sleeps between messages, which makes them late; nil where its driver doesn't tell.
    /// It needs no rights.
    ///
    /// - Source: linux/wireless.h: SIOCGIWPOWER (0x8B2D) fills `struct iw_param` behind the interface's name; its field
    ///   `disabled` is the byte after a 32-bit value and an 8-bit `fixed`.
    public static func isSavingPower(_ interface: String) -> Bool? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var request = [UInt8](repeating: 0, count: 32)
        for (index, byte) in interface.utf8.prefix(15).enumerated() { request[index] = byte }
        guard ioctl(descriptor, 0x8B2D, &request) == 0 else { return nil }
        return request[16 + 5] == 0
    }
}
