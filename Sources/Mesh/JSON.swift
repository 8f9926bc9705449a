internal import FoundationEssentials
public import Lighting

/// Messages to bytes and back: the one place where bytes from outside reach a decoder, having passed ``JSONBounds``.
public enum JSON {
    /// The bytes of a message: fields in the order of their names, so that equal messages are equal bytes.
    public static func encode(_ message: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Our messages hold texts, integers and finite numbers only, which always encode.
        guard let data = try? encoder.encode(message) else { return Array("null".utf8) }
        return Array(data)
    }

    /// The message in `bytes`; a ``Payload`` is checked.
    ///
    /// - Throws: ``MessageError`` where it isn't one, or is beyond the bounds.
    public static func decode<Message: Decodable>(
        _ type: Message.Type, from bytes: [UInt8], within bounds: JSONBounds = .message
    ) throws(MessageError) -> Message {
        try read(type, from: bytes, within: bounds, unknown: nil)
    }

    /// The message in `bytes`, a ``Payload`` checked, and what of it is left out: what only a later contract has, a
    /// sentence each.
    ///
    /// - Throws: ``MessageError`` where it isn't one, or is beyond the bounds.
    public static func decode<Message: Decodable>(
        _ type: Message.Type, from bytes: [UInt8], leftOut: inout [String]
    ) throws(MessageError) -> Message {
        let unknown = UnknownWords()
        defer { leftOut = unknown.all }
        return try read(type, from: bytes, within: .message, unknown: unknown)
    }

    /// The remark on what was left out of a message, a sentence each, with who wrote it; nil: nothing was.
    public static func remark(_ leftOut: [String], of bytes: [UInt8]) -> String? {
        leftOut.isEmpty ? nil : leftOut.joined(separator: ", ") + Version.origin(contract(in: bytes))
    }

    /// The contract that a message says it is of; nil: it says none that can be read.
    public static func contract(in bytes: [UInt8]) -> Int? {
        ((try? scalar(at: JSONPath("protocol"), in: bytes)) ?? nil).flatMap { Int($0.description) }
    }

    private static func read<Message: Decodable>(
        _ type: Message.Type, from bytes: [UInt8], within bounds: JSONBounds, unknown: UnknownWords?
    ) throws(MessageError) -> Message {
        try bounds.check(bytes)
        do {
            let decoder = JSONDecoder()
            if let unknown { decoder.userInfo[UnknownWords.key] = unknown }
            let message = try decoder.decode(type, from: Data(bytes))
            guard let payload = message as? any Payload else { return message }
            var tolerance = Tolerance(payload.contract)
            let valid = try payload.validated(&tolerance)
            if let summary = tolerance.summary { unknown?.add(summary) }
            return valid as? Message ?? message
        } catch let error as MessageError {
            throw error
        } catch let error as DecodingError {
            let error = MessageError(error)
            guard error.code == .notJSON, isWellFormed(bytes) else { throw error }
            // The decoder keeps the field to itself.
            throw MessageError(
                .wrongType, field: "",
                reason:
                    "holds a value that can't be: a fraction or a number beyond range where a whole number must be, "
                    + "or a broken \\u escape")
        } catch {
            throw MessageError(.notJSON, field: "", reason: "is not JSON")
        }
    }

    /// One value within other people's JSON; nil where there is no such field or element, or null.
    ///
    /// Only what lies on the way to it is decoded.
    ///
    /// - Throws: ``MessageError`` where it isn't JSON within the bounds of a message, where the path goes by another shape
    ///   than what is there, or where a list or an object is at its end.
    public static func scalar(at path: JSONPath, in bytes: [UInt8]) throws(MessageError) -> Scalar? {
        try JSONBounds.message.check(bytes)
        let decoder = JSONDecoder()
        decoder.userInfo[Finding.pathKey] = path
        do {
            return try decoder.decode(Finding.self, from: Data(bytes)).value
        } catch let error as MessageError {
            throw error
        } catch let error as DecodingError {
            throw MessageError(error)
        } catch {
            throw MessageError(.notJSON, field: "", reason: "is not JSON")
        }
    }

    /// Whether `bytes`, which are within bounds, are JSON of whatever kind.
    private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        struct Anything: Decodable {
            init(from decoder: any Decoder) {}
        }
        return (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil
    }
}

/// A field's value within its range, or the error that says so.
public func check<Value: Comparable>(
    _ value: Value, within range: ClosedRange<Value>, field: @autoclosure () -> String
) throws(MessageError) -> Value {
    guard range.contains(value) else {
        throw MessageError(
            .outOfRange, field: field(), reason: "\(value) is not within \(range.lowerBound)…\(range.upperBound)")
    }
    return value
}

/// Refuses what can be no name of an action or a command, by which its answer is known: 1…64 bytes.
public func checkID(_ id: String) throws(MessageError) {
    guard (1...64).contains(id.utf8.count) else {
        throw MessageError(.outOfRange, field: "id", reason: "is not 1 to 64 bytes long")
    }
}

/// A field in seconds as a duration within its range, or the error that says so.
func checkSeconds(
    _ value: Double, within range: ClosedRange<Duration>, field: @autoclosure () -> String
) throws(MessageError) -> Duration {
    let range = range.lowerBound.seconds...range.upperBound.seconds
    return .nanoseconds(Int64((try check(value, within: range, field: field()) * 1e9).rounded()))
}

/// A field's value as an instant that may be calculated with, or the error that says so.
public func checkInstant(
    _ nanoseconds: Int64, field: @autoclosure () -> String
) throws(MessageError) -> MeshInstant {
    let range = MeshInstant.distantPast.nanoseconds...MeshInstant.distantFuture.nanoseconds
    return MeshInstant(nanoseconds: try check(nanoseconds, within: range, field: field()))
}

/// The furthest that an instant may lie ahead of ours. Two clocks of one mesh can differ by a step's bound and what is
/// being slewed; who is further ahead goes by another clock, and taking it at its word would put out what it lit.
private let furthestAhead = Duration.seconds(2)

/// How long after its instant what lay ahead is taken up: a command has begun by then, and what it says was before it is over.
/// By a clock that was ahead, that never was in this time.
private let taking = Duration.milliseconds(500)

/// A field's value as an instant that has come by `now`, or the error that says so.
func checkInstant(
    _ nanoseconds: Int64, field: @autoclosure () -> String, at now: MeshInstant
) throws(MessageError) -> MeshInstant {
    let instant = try checkInstant(nanoseconds, field: field())
    guard instant <= now + furthestAhead else {
        var error = MessageError(
            .future, field: field(),
            reason: "\(instant) lies more than \(furthestAhead.components.seconds) s ahead of \(now); set the clock of "
                + "one of the two nodes")
        error.comes = instant + taking
        throw error
    }
    return instant
}

/// A field's text as a colour, or the error that says so.
func checkColour(_ text: String, field: String) throws(MessageError) -> Colour {
    guard let colour = Colour(text: text) else {
        throw MessageError(.outOfRange, field: field, reason: "\"\(text.prefix(40))\" is not \(Colour.textForms)")
    }
    return colour
}
