/// The version of Footlight: of the agent, the command line and the contract between them.
public enum Version {
    /// By semantic versioning.
    public static let text = "0.1.0"
    /// The contract that it speaks (docs/protocol.md): one more with each that has new fields. A status that says nothing
    /// is of the first.
    public static let contract = 2

    /// Whether what is of this contract may have words that this version doesn't know. Nil is the first.
    static func isLater(_ contract: Int?) -> Bool { (contract ?? 1) > self.contract }

    /// Returns the words to add to what is said of a message of a later contract; empty for one that isn't later.
    public static func origin(_ contract: Int?) -> String {
        guard let contract, isLater(contract) else { return "" }
        return "; written by protocol \(contract), this speaks \(self.contract): update it"
    }

    /// Returns the contracts that are spoken, by who speaks them, where it isn't one; nil: it is.
    ///
    /// - Parameters:
    ///   - noun: whose: nodes, say.
    ///   - contracts: by name; nil is the first.
    public static func mixed(_ noun: String, _ contracts: [String: Int?]) -> String? {
        let groups = Dictionary(grouping: contracts.keys) { (contracts[$0] ?? nil) ?? 1 }.sorted { $0.key < $1.key }
        guard groups.count > 1 else { return nil }
        let parts = groups.map { contract, names in
            let first = names.sorted().prefix(4).joined(separator: ", ")
            return "\(contract): \(first)" + (names.count > 4 ? " and \(names.count - 4) more" : "")
        }
        return
            "\(noun) speak different protocols (\(parts.joined(separator: "; "))); they work together by what all know: "
            + "update the older ones"
    }
}
