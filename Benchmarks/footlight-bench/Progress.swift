internal import Glibc

/// Says on standard error what is going on.
enum Progress {
    static func say(_ text: String) {
        let bytes = Array("bench: \(text)\n".utf8)
        _ = write(2, bytes, bytes.count)
    }
}
