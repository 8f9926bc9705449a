internal import CLinux

/// The system's clock, as far as the mesh asks about it.
enum SystemClock {
    /// Whether NTP or the like keeps it (the kernel's STA_UNSYNC is off).
    static var isSynchronised: Bool {
        var state = timex()
        return adjtimex(&state) >= 0 && state.status & 0x0040 == 0
    }
}
