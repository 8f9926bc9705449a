package import Documents
private import Glibc
package import Lighting
internal import Platform

/// A bar whose frames are lines in a file or FIFO, for tests and for programs that draw:
/// `{"t": <CLOCK_MONOTONIC ns at the write>, "bar": "stair-01/bar", "lightness": 0.37, "channels": [24311]}`.
///
/// A FIFO with no reader, a full pipe or a full disk loses frames, never time. A file that is made is its owner's alone: when
/// somebody walked where is nobody else's business.
public final class TraceOutput: LightOutput {
    private let path: String
    private let prefix: [UInt8]
    private var descriptor: Int32 = -1
    private var frame: Frame?
    private var isMidLine = false
    private var line: [UInt8] = []

    /// A bar named `bar` (`node/bar`) that writes to `path`, which is made when the first frame is written.
    public init(path: String, bar: String) {
        self.path = path
        prefix = Array(",\"bar\":\"\(bar)\",\"lightness\":".utf8)
        line.reserveCapacity(256)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Takes what the bar is to show.
    public func set(_ frame: Frame, of part: Int) { self.frame = frame }

    /// Appends the frame's line; the same frame isn't written twice.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        if let frame { try write(frame) }
        self.frame = nil
        return .seconds(3600)
    }

    private func write(_ frame: Frame) throws(HardwareError) {
        if descriptor < 0 { try open() }
        guard descriptor >= 0 else { return }
        line.removeAll(keepingCapacity: true)
        if isMidLine { line.append(0x0a) }
        line.append(contentsOf: "{\"t\":".utf8)
        append(UInt64(MonotonicClock.now))
        line.append(contentsOf: prefix)
        append(millionths: UInt64((frame.lightness.value * 1e6).rounded()))
        line.append(contentsOf: ",\"channels\":[".utf8)
        for (index, channel) in frame.channels.enumerated() {
            if index > 0 { line.append(0x2c) }
            append(UInt64(channel))
        }
        line.append(contentsOf: "]}\n".utf8)
        let written = Glibc.write(descriptor, line, line.count)
        if written == line.count {
            isMidLine = false
            return
        }
        let error = errno
        if written >= 0 {
            isMidLine = written > 0
            throw HardwareError(.writeFailed, "\(path): only part of a line fitted; make room on the disk")
        }
        switch error {
        case EAGAIN: break  // The reader of a FIFO is slow: it loses this frame.
        case EPIPE, EBADF:
            close(descriptor)
            descriptor = -1  // The reader of a FIFO is gone; another may come.
        default: throw HardwareError(.writeFailed, "\(path): \(String(cString: strerror(error)))")
        }
    }

    private func open() throws(HardwareError) {
        descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor < 0 else { return }
        let error = errno
        if error == ENXIO { return }  // A FIFO that nobody reads.
        throw HardwareError(
            .unavailable,
            "\(path) can't be opened (\(String(cString: strerror(error)))); check folder and permission")
    }

    private func append(_ number: UInt64) {
        let start = line.count
        var rest = number
        repeat {
            line.append(UInt8(0x30 + rest % 10))
            rest /= 10
        } while rest > 0
        line[start...].reverse()
    }

    /// `number` / 1000000 with six decimals.
    private func append(millionths number: UInt64) {
        append(number / 1_000_000)
        line.append(0x2e)
        var divisor: UInt64 = 100_000
        while divisor > 0 {
            line.append(UInt8(0x30 + number / divisor % 10))
            divisor /= 10
        }
    }
}

/// A file or FIFO that gets a JSON line for every frame, of so many pixels.
package struct TraceFile: OutputDriver {
    package static let name = "trace"
    package static let fields = [
        DriverField("path", "a path from the root"), DriverField("pixels", "1 to 1000", usual: "1"),
    ]

    package let path: String
    package let pixels: Int

    package init(path: String, pixels: Int = 1) {
        self.path = path
        self.pixels = pixels
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let path = fields.required("path", example: "/tmp/bar.jsonl")?
            .absolutePath("the path of a trace", example: "/tmp/bar.jsonl")
        let pixels = fields["pixels"]?.integer(in: 1...1000, "how many pixels a bar has", example: "30")
        guard let path else { return nil }
        self.init(path: path, pixels: pixels ?? 1)
    }

    package static func example(for channels: ChannelSet) -> String { "{driver: trace, path: /tmp/bar.jsonl}" }

    package func output(for bar: BarPlace) -> any LightOutput {
        TraceOutput(path: path, bar: "\(bar.node)/\(bar.bar)")
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        return [board.folder(check, folder.isEmpty ? "/" : folder)]
    }
}
