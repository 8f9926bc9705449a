internal import Lighting

/// The reason why a message was refused: which field, what is the matter, and what is allowed.
public struct MessageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base { case notJSON, missing, wrongType, outOfRange, future }
        let base: Base
        /// Not JSON, or beyond its bounds (``JSONBounds``).
        public static let notJSON = Code(base: .notJSON)
        /// A field that must be there isn't.
        public static let missing = Code(base: .missing)
        /// A field is of another type.
        public static let wrongType = Code(base: .wrongType)
        /// A field's value is none of those allowed.
        public static let outOfRange = Code(base: .outOfRange)
        /// An instant lies in the future.
        public static let future = Code(base: .future)
    }

    /// The kind of fault that it is.
    public var code: Code
    /// The field, its path joined by dots; empty for the whole message.
    public var field: String
    /// A text that says what was found and what is allowed.
    public var reason: String
    /// Of an instant in the future: when what it is of may be taken up.
    var comes: MeshInstant?

    /// A fault of `field`. What a stranger wrote may be in both texts: they are cut short, controls written out.
    public init(_ code: Code, field: String, reason: String) {
        self.code = code
        self.field = Excerpt.of(field, limit: 200)
        self.reason = Excerpt.of(reason, limit: 300)
    }

    /// Returns what is said of a command or an action that the broker has kept.
    public static func retained(_ topic: String) -> MessageError {
        MessageError(
            .outOfRange, field: "",
            reason:
                "a retained command is not obeyed (it would be at each start); clear it with mosquitto_pub -r -n -t "
                + Excerpt.of(topic, limit: 256))
    }

    /// The same of a message of a contract: of a later one, that is what is the matter.
    public func written(by contract: Int?) -> MessageError {
        var error = self
        error.reason += Version.origin(contract)
        return error
    }

    /// `holdSeconds: 3 is not within 5…3600`
    public var description: String { field.isEmpty ? reason : "\(field): \(reason)" }

    init(_ error: DecodingError) {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? []))
                .map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(.missing, field: path(context, key), reason: "is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self.init(.wrongType, field: path(context), reason: "is not \(MessageError.word(for: type))")
        case .dataCorrupted(let context):
            let code: Code = context.codingPath.isEmpty ? .notJSON : .wrongType
            self.init(
                code, field: path(context),
                reason: context.codingPath.isEmpty ? "is not JSON" : context.debugDescription)
        @unknown default: self.init(.notJSON, field: "", reason: "can't be read")
        }
    }

    private static func word(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Double.Type: "a number"
        case is any FixedWidthInteger.Type: "a whole number in range"
        default: "what is expected here (see docs/protocol.md)"
        }
    }
}
