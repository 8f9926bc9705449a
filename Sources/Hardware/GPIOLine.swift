internal import CGPIO
private import Glibc
internal import Lighting

/// One line of a GPIO chip, ours while the object lives. It belongs to the agent's one thread, and never blocks it.
public final class GPIOLine {
    /// A change of an input's level.
    public struct Edge: Sendable, Hashable {
        /// The kernel's stamp, nanoseconds of `CLOCK_MONOTONIC`.
        public var instant: Int64
        /// True if the line is active from this edge on.
        public var isActive: Bool

        /// An edge.
        public init(at instant: Int64, isActive: Bool) {
            self.instant = instant
            self.isActive = isActive
        }
    }

    /// The version of libgpiod that runs: `1.6.3`.
    public static var libraryVersion: String { String(cString: cgpio_version()) }
    /// True if the kernel debounces inputs (libgpiod 2.x); else ``Debouncer`` must.
    public static var debouncesInKernel: Bool { cgpio_debounces() }

    private let line: OpaquePointer
    /// The place where it was found: `line 17 of /dev/gpiochip0`.
    public let place: String

    private init(_ line: OpaquePointer) {
        self.line = line
        place = "line \(cgpio_offset(line)) of \(String(cString: cgpio_chip(line)))"
    }

    deinit { cgpio_close(line) }

    /// An input with events of both edges.
    ///
    /// - Parameters:
    ///   - debounce: how long a level must last to count, where ``debouncesInKernel``. Its edge is stamped at the end.
    ///   - consumer: who asks, as others see it; the kernel keeps 31 bytes.
    /// - Throws: ``HardwareError``, `unavailable`, with what to do.
    public static func input(
        _ place: GPIOPlace, isActiveLow: Bool = false, bias: GPIOBias = .asIs, debounce: Duration = .zero,
        consumer: String
    ) throws(HardwareError) -> GPIOLine {
        var request = cgpio_request()
        request.active_low = isActiveLow
        request.bias = bias.ofLibrary
        request.debounce_us = UInt32(clamping: debounce.nanoseconds / 1000)
        return try open(request, at: place, for: consumer)
    }

    /// An output.
    ///
    /// - Parameters:
    ///   - isActive: its first value.
    ///   - isOpenDrain: it drives low, and lets go in place of driving high.
    /// - Throws: ``HardwareError``, `unavailable`, with what to do.
    public static func output(
        _ place: GPIOPlace, isActive: Bool = false, isActiveLow: Bool = false, isOpenDrain: Bool = false,
        bias: GPIOBias = .asIs, consumer: String
    ) throws(HardwareError) -> GPIOLine {
        var request = cgpio_request()
        request.output = true
        request.value = isActive
        request.active_low = isActiveLow
        request.open_drain = isOpenDrain
        request.bias = bias.ofLibrary
        return try open(request, at: place, for: consumer)
    }

    /// Returns the name under which a line is held, perhaps an empty one; nil: nobody holds it. The line isn't touched.
    ///
    /// - Throws: ``HardwareError``, `unavailable`, with what to do.
    public static func user(of place: GPIOPlace) throws(HardwareError) -> String? {
        var consumer = [CChar](repeating: 0, count: 64)
        var error = cgpio_error()
        let (found, request) = ask(cgpio_request(), at: place, for: "") { request in
            cgpio_user(&request, &consumer, consumer.count, &error)
        }
        guard found >= 0 else { throw HardwareError(error, at: place, request) }
        return found == 0
            ? nil : String(decoding: consumer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func open(
        _ request: cgpio_request, at place: GPIOPlace, for consumer: String
    ) throws(HardwareError) -> GPIOLine {
        var error = cgpio_error()
        let (line, request) = ask(request, at: place, for: consumer) { cgpio_open(&$0, &error) }
        guard let line else { throw HardwareError(error, at: place, request) }
        return GPIOLine(line)
    }

    /// Calls `body` with the request for the line at `place`, whose texts last for the call.
    private static func ask<Result>(
        _ request: cgpio_request, at place: GPIOPlace, for consumer: String, _ body: (inout cgpio_request) -> Result
    ) -> (Result, cgpio_request) {
        var request = request
        let (chip, name): (String?, String?) =
            switch place {
            case .offset(_, let chip): (chip, nil)
            case .named(let name, let chip): (chip, name)
            }
        if case .offset(let offset, _) = place { request.offset = offset }
        let result = consumer.withCString { consumer in
            withOptionalCString(chip) { chip in
                withOptionalCString(name) { name in
                    request.consumer = consumer
                    request.chip = chip
                    request.line = name
                    return body(&request)
                }
            }
        }
        (request.consumer, request.chip, request.line) = (nil, nil, nil)
        return (result, request)
    }

    /// Readable when an edge waits, or the chip is gone; -1 for outputs.
    public var descriptor: Int32 { cgpio_descriptor(line) }

    /// Returns whether the line is active now.
    ///
    /// - Throws: ``HardwareError``, `unavailable`: the chip is gone.
    public func isActive() throws(HardwareError) -> Bool {
        let value = cgpio_value(line)
        if value < 0 { throw gone(errno) }
        return value > 0
    }

    /// Sets an output.
    ///
    /// - Throws: ``HardwareError``, `writeFailed`: the chip is gone.
    public func set(_ isActive: Bool) throws(HardwareError) {
        if cgpio_set(line, isActive) != 0 { throw gone(errno, .writeFailed) }
    }

    /// The oldest edge that waits; nil if none does.
    ///
    /// - Throws: ``HardwareError``, `unavailable`: the chip is gone.
    public func nextEdge() throws(HardwareError) -> Edge? {
        var event = cgpio_event()
        switch cgpio_next_event(line, &event) {
        case 0: return nil
        case 1: return Edge(at: event.instant, isActive: event.active)
        default: throw gone(errno)
        }
    }

    private func gone(_ number: Int32, _ code: HardwareError.Code = .unavailable) -> HardwareError {
        HardwareError(code, "\(place) is gone (\(reason(number))); plug it in again, or load its driver")
    }
}

extension GPIOBias {
    fileprivate var ofLibrary: cgpio_bias {
        switch self {
        case .asIs: CGPIO_BIAS_AS_IS
        case .disabled: CGPIO_BIAS_DISABLED
        case .pullUp: CGPIO_BIAS_PULL_UP
        case .pullDown: CGPIO_BIAS_PULL_DOWN
        }
    }
}

extension HardwareError {
    /// Why a line can't be had, and what to do about it.
    fileprivate init(_ error: cgpio_error, at place: GPIOPlace, _ request: cgpio_request) {
        let chip = text(error.chip)
        let why = reason(error.number)
        let sentence =
            switch (error.step, error.number) {
            case (_, EACCES), (_, EPERM):
                "\(place) can't be had: \(chip) isn't ours to open (\(why)); "
                    + "add the agent's user to the group that owns it: ls -l \(chip)"
            case (CGPIO_OPENING_CHIP, ENOENT):
                "\(place) can't be had: there is no such chip (\(why)); gpiodetect lists those that are there"
            case (CGPIO_OPENING_CHIP, ENOTTY), (CGPIO_OPENING_CHIP, ENODEV):
                "\(place) can't be had: \(chip) is no GPIO chip (\(why)); gpiodetect lists those that are there"
            case (CGPIO_FINDING_LINE, EINVAL):
                "\(place) can't be had: \(chip) has the lines 0 to \(max(1, error.lines) - 1); gpioinfo lists them"
            case (CGPIO_FINDING_LINE, ENOENT):
                "\(place) can't be had: no line has that name\(chip.isEmpty ? "" : " on \(chip)"); "
                    + "gpioinfo lists the names that there are"
            case (CGPIO_REQUESTING_LINE, EBUSY):
                "\(place) can't be had: \(user(text(error.consumer))) uses it; end that, or take another line"
            case (CGPIO_REQUESTING_LINE, EINVAL), (CGPIO_REQUESTING_LINE, ENOTSUP), (CGPIO_REQUESTING_LINE, ENXIO):
                "\(place) can't be had as it is asked for (\(why)): "
                    + (request.output || request.bias != CGPIO_BIAS_AS_IS
                        ? "the chip may have no such bias or drive" : "the chip may not tell of edges")
            default: "\(place) can't be had (\(why))"
            }
        self.init(.unavailable, sentence)
    }
}

private func user(_ consumer: String) -> String { consumer.isEmpty ? "somebody" : "\"\(consumer)\"" }

private func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

/// The text in a C array of characters.
private func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
