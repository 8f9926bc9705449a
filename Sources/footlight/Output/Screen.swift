internal import Glibc

/// What standard output and error are written to.
enum Screen {
    /// Whether colours may be used on a descriptor: a terminal that has some, and a person who didn't decline.
    static func isColourful(_ descriptor: Int32) -> Bool {
        guard isatty(descriptor) == 1 else { return false }
        if let word = Environment["NO_COLOR"], !word.isEmpty { return false }
        return Environment["TERM"] != "dumb"
    }

    /// How many columns standard output has; nil where it is no terminal.
    static var columns: Int? {
        guard isatty(1) == 1 else { return nil }
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
