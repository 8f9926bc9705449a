extension JSON {
    /// One value within other people's JSON, with its type: `true` isn't `"true"`.
    public enum Scalar: Sendable, Hashable, CustomStringConvertible {
        /// A text.
        case text(String)
        /// A number, with its digits where it is a whole one.
        case number(Double, String)
        /// True or false.
        case boolean(Bool)

        /// The value without its type: `true`, `1`, `ON`.
        public var description: String {
            switch self {
            case .text(let text): text
            case .number(_, let digits): digits
            case .boolean(let flag): "\(flag)"
            }
        }
    }

    /// What stands at the path in `userInfo`.
    struct Finding: Decodable {
        static let pathKey = CodingUserInfoKey(rawValue: "path")!

        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        /// What isn't looked at.
        private struct Anything: Decodable {
            init(from decoder: any Decoder) {}
        }

        private struct Element: Decodable {
            var value: Scalar?

            init(from decoder: any Decoder) throws {
                let depth = decoder.codingPath.count
                value = try Finding.value(in: decoder, along: Finding.path(decoder).steps.dropFirst(depth))
            }
        }

        var value: Scalar?

        init(from decoder: any Decoder) throws {
            value = try Finding.value(in: decoder, along: Finding.path(decoder).steps[...])
        }

        private static func path(_ decoder: any Decoder) -> JSONPath {
            decoder.userInfo[pathKey] as? JSONPath ?? .whole
        }

        /// What is there and is of another shape than the path says is refused with its place.
        private static func value(in decoder: any Decoder, along steps: ArraySlice<JSONPath.Step>) throws -> Scalar? {
            switch steps.first {
            case .member(let name):
                let members = try decoder.container(keyedBy: Key.self)
                let key = Key(stringValue: name)
                guard members.contains(key), try !members.decodeNil(forKey: key) else { return nil }
                return try members.decode(Element.self, forKey: key).value
            case .element(let index):
                var elements = try decoder.unkeyedContainer()
                for _ in 0..<index where !elements.isAtEnd { _ = try elements.decode(Anything.self) }
                guard !elements.isAtEnd, try !elements.decodeNil() else { return nil }
                return try elements.decode(Element.self).value
            case nil: return try leaf(in: decoder)
            }
        }

        static func leaf(in decoder: any Decoder) throws -> Scalar? {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() { return nil }
            if let flag = try? value.decode(Bool.self) { return .boolean(flag) }
            if let integer = try? value.decode(Int64.self) { return .number(Double(integer), "\(integer)") }
            if let number = try? value.decode(Double.self) { return .number(number, "\(number)") }
            if let text = try? value.decode(String.self) { return .text(text) }
            throw MessageError(
                .wrongType, field: path(decoder).description, reason: "is neither text, number, true nor false")
        }
    }
}
