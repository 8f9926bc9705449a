extension JSON {
    /// One value within other people's JSON, by the path in `userInfo`.
    struct Scalar: Decodable {
        static let pathKey = CodingUserInfoKey(rawValue: "path")!

        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var text: String?

        init(from decoder: any Decoder) throws {
            let path = decoder.userInfo[Scalar.pathKey] as? [String] ?? []
            guard let last = path.last.map(Key.init(stringValue:)) else { return }
            // What is there and is no object is refused with its place: the decoder's own error names that.
            var members = try decoder.container(keyedBy: Key.self)
            for key in path.dropLast().map(Key.init(stringValue:)) {
                guard members.contains(key), try !members.decodeNil(forKey: key) else { return }
                members = try members.nestedContainer(keyedBy: Key.self, forKey: key)
            }
            guard members.contains(last), try !members.decodeNil(forKey: last) else { return }
            if let flag = try? members.decode(Bool.self, forKey: last) {
                text = "\(flag)"
            } else if let integer = try? members.decode(Int64.self, forKey: last) {
                text = "\(integer)"
            } else if let number = try? members.decode(Double.self, forKey: last) {
                text = "\(number)"
            } else if let string = try? members.decode(String.self, forKey: last) {
                text = string
            } else {
                throw MessageError(
                    .wrongType, field: path.joined(separator: "."), reason: "is neither text, number, true nor false")
            }
        }
    }
}
