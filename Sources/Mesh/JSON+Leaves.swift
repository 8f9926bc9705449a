extension JSON {
    /// A value within other people's JSON, and the way to it.
    public struct Leaf: Sendable, Hashable {
        /// The way to it.
        public let path: JSONPath
        /// The value; nil: null.
        public let value: Scalar?
    }

    /// The values within other people's JSON that a ``JSONPath`` leads to, members in the order of their names; at most
    /// `limit`.
    ///
    /// - Throws: ``MessageError`` where it isn't JSON within the bounds of a message.
    public static func leaves(in bytes: [UInt8], limit: Int = 100) throws(MessageError) -> [Leaf] {
        let tree = try decode(Tree.self, from: bytes)
        var leaves: [Leaf] = []
        tree.gather(at: [], into: &leaves, limit: limit)
        return leaves
    }

    /// Any JSON.
    private indirect enum Tree: Decodable {
        case leaf(Scalar?)
        case object([(name: String, value: Tree)])
        case list([Tree])

        init(from decoder: any Decoder) throws {
            if let members = try? decoder.container(keyedBy: Finding.Key.self) {
                let keys = members.allKeys.sorted { $0.stringValue < $1.stringValue }
                self = .object(try keys.map { ($0.stringValue, try members.decode(Tree.self, forKey: $0)) })
            } else if var elements = try? decoder.unkeyedContainer() {
                var trees: [Tree] = []
                while !elements.isAtEnd { trees.append(try elements.decode(Tree.self)) }
                self = .list(trees)
            } else {
                self = .leaf(try Finding.leaf(in: decoder))
            }
        }

        func gather(at steps: [JSONPath.Step], into leaves: inout [Leaf], limit: Int) {
            guard leaves.count < limit, steps.count <= JSONPath.maximumDepth else { return }
            switch self {
            case .leaf(let value): leaves.append(Leaf(path: JSONPath(steps: steps), value: value))
            case .object(let members):
                for (name, value) in members where !name.isEmpty {
                    value.gather(at: steps + [.member(name)], into: &leaves, limit: limit)
                }
            case .list(let elements):
                for (index, element) in elements.enumerated() {
                    element.gather(at: steps + [.element(index)], into: &leaves, limit: limit)
                }
            }
        }
    }
}
