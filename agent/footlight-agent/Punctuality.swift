internal import Glibc
internal import Mesh

/// What of the board spoils being on time.
enum Punctuality {
    /// As checks of a health report.
    static var checks: [HealthMessage.Check] {
        var checks: [HealthMessage.Check] = [
            .init(
                "real-time priority", healthy: true, value: RealTime.isGranted ? 1 : 0, unit: "granted",
                detail: RealTime.isGranted
                    ? nil
                    : "frames may be late while the board is busy; let it: LimitRTPRIO=50 in its unit, as installed")
        ]
        for interface in interfaces where isSavingPower(interface) {
            checks.append(
                .init(
                    "wi-fi power saving", healthy: false, value: 1, unit: "on",
                    detail: "\(interface) sleeps between messages, up to 2 s; turn it off: "
                        + "iw dev \(interface) set power_save off"))
        }
        return checks
    }

    /// The network interfaces that are wireless.
    private static var interfaces: [String] {
        guard let folder = opendir("/sys/class/net") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if access("/sys/class/net/\(name)/wireless", F_OK) == 0 { names.append(name) }
        }
        return names
    }

    /// - Source: linux/wireless.h: SIOCGIWPOWER (0x8B2D) fills `struct iw_param` behind the interface's name; its field
    ///   `disabled` is the byte after a 32-bit value and an 8-bit `fixed`.
    private static func isSavingPower(_ interface: String) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var request = [UInt8](repeating: 0, count: 32)
        for (index, byte) in interface.utf8.prefix(15).enumerated() { request[index] = byte }
        guard ioctl(descriptor, 0x8B2D, &request) == 0 else { return false }
        return request[16 + 5] == 0
    }
}
