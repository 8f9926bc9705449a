internal import Glibc

/// What the bench runs on, and how busy it is.
struct Machine: Encodable, Sendable {
    var processor: String
    var cores: Int
    var kernel: String
    /// The load average over a minute, when the bench began.
    var loadBefore: Double
    /// The share of the processors' time that others used, in a second in which the bench slept.
    var busyBefore: Double
    var loadAfter: Double?

    init() {
        let lines = Machine.text("/proc/cpuinfo").split(separator: "\n")
        processor =
            lines.first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
            .map { line in line.drop { $0 != ":" }.dropFirst().drop { $0 == " " } }.map(String.init) ?? "unknown"
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        kernel = Machine.text("/proc/sys/kernel/osrelease").split(separator: "\n").first.map(String.init) ?? "unknown"
        loadBefore = Machine.load
        let before = Machine.times
        sleep(1)
        busyBefore = Machine.busyShare(from: before, to: Machine.times)
    }

    static var load: Double { Double(text("/proc/loadavg").split(separator: " ").first ?? "") ?? .nan }

    /// Time that the processors were busy, and all time, in ticks.
    static var times: (busy: Int64, all: Int64) {
        let fields = text("/proc/stat").split(separator: "\n").first?.split(separator: " ").dropFirst() ?? []
        let ticks = fields.prefix(8).compactMap { Int64($0) }
        guard ticks.count == 8 else { return (0, 0) }
        let all = ticks.reduce(0, +)
        return (all - ticks[3] - ticks[4], all)
    }

    static func busyShare(from: (busy: Int64, all: Int64), to: (busy: Int64, all: Int64)) -> Double {
        to.all > from.all ? Double(to.busy - from.busy) / Double(to.all - from.all) : .nan
    }

    static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

extension Machine {
    /// In words.
    var text: String {
        "\(processor), \(cores) cores, Linux \(kernel); load \(Notes.number(loadBefore)) before"
            + (loadAfter.map { " and \(Notes.number($0)) after" } ?? "")
            + "; others used \(Notes.number(busyBefore * 100)) % of the processors just before."
    }
}
