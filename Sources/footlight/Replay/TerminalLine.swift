internal import Glibc

/// One line on the terminal, on standard error, that is written over and over.
enum TerminalLine {
    /// Shows `text` in place of what was there, cut to the terminal's width.
    static func show(_ text: String) {
        var size = winsize()
        let columns = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) - 1 : 79
        write("\r\u{1b}[K" + Printable.text(text).prefix(columns))
    }

    /// Takes it away.
    static func clear() { write("\r\u{1b}[K") }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(2, bytes, bytes.count)
    }
}
