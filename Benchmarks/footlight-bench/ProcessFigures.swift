internal import Glibc

/// What a process uses.
enum ProcessFigures {
    /// CPU time used so far, in nanoseconds.
    static func cpu(_ pid: Int32) -> Int64 {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Resident memory (VmRSS), in kilobytes.
    static func residentKilobytes(_ pid: Int32) -> Int { kilobytes("VmRSS:", pid) }

    /// The most resident memory that it ever had (VmHWM), in kilobytes.
    static func largestKilobytes(_ pid: Int32) -> Int { kilobytes("VmHWM:", pid) }

    private static func kilobytes(_ field: String, _ pid: Int32) -> Int {
        let line = Machine.text("/proc/\(pid)/status").split(separator: "\n").first { $0.hasPrefix(field) }
        let fields = line?.split { $0 == " " || $0 == "\t" } ?? []
        return fields.count > 1 ? Int(fields[1]) ?? 0 : 0
    }
}
