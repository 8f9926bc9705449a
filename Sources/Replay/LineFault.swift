/// A line of a motion log that can't be read: where it is and why.
public struct LineFault: Sendable, Hashable, CustomStringConvertible {
    /// A fault of a line.
    public enum Reason: Sendable, Hashable {
        /// Longer than any line of such a log.
        case tooLong
        /// The line doesn't begin with a date that there is.
        case date
        /// No time of day follows the date.
        case time
        /// The line ends after the time.
        case noSensor
        /// The sensor's name is no text, or too long for a name.
        case name
        /// The line ends after the sensor.
        case noValue
        /// A motion sensor says neither ON nor OFF.
        case value
        /// More sensors than any home has: probably no motion log at all.
        case tooManySensors
        /// So much earlier than lines before it that it can't be put in its place.
        case late

        var text: String {
            switch self {
            case .tooLong: "is longer than \(MotionLogParser.longestLine) bytes"
            case .date: "has no date from 1971-01-01 to 2099-12-31, and no seconds since 1970, where the time should be"
            case .time: "has no time such as 00:03:50.209589 after the date"
            case .noSensor: "names no sensor after the time"
            case .name: "has a sensor's name that is no plain text of 1 to \(MotionLogParser.longestName) letters"
            case .noValue: "has no value after the sensor"
            case .value: "is of a motion sensor, which says neither ON nor OFF (nor true, false, 1, 0)"
            case .tooManySensors: "names one more sensor than \(SensorTable.limit)"
            case .late: "is earlier than lines before it by more than \(Figures.text(MotionLogParser.tolerance))"
            }
        }
    }

    /// The file as it was named to us.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The fault.
    public var reason: Reason
    /// The line's beginning, with what is no text replaced.
    public var excerpt: String

    init(file: String, line: Int, reason: Reason, bytes: Span<UInt8>) {
        self.file = file
        self.line = line
        self.reason = reason
        var text = ""
        for index in bytes.indices.prefix(48) {
            let byte = bytes[index]
            text.unicodeScalars.append((0x20...0x7e).contains(byte) ? Unicode.Scalar(byte) : "\u{b7}")
        }
        excerpt = bytes.count > 48 ? text + "…" : text
    }

    /// `aruba.txt:1881: "2010-11-04" has no time such as 00:03:50.209589 after the date`.
    public var description: String { "\(file):\(line): \"\(excerpt)\" \(reason.text)" }
}
