internal import ArgumentParser
internal import Backend
internal import Glibc

/// Which vault a command is about.
struct VaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where checkpoints are, apart from the database: file:///FOLDER.", valueName: "ADDRESS"))
    var vault: String?

    @Option(
        help: ArgumentHelp("The key that signs; to check what was signed, its public half does.", valueName: "FILE"))
    var key: String?

    /// The vault, and the key's file.
    ///
    /// - Throws: what ends the program with a message.
    func both() throws -> (vault: any Vault, key: String) {
        guard let both = try bothOrNone() else { throw ValidationError("give --vault and --key") }
        return both
    }

    /// The vault, and the key's file; nil where neither is given.
    ///
    /// - Throws: what ends the program with a message.
    func bothOrNone() throws -> (vault: any Vault, key: String)? {
        switch (vault, key) {
        case (let vault?, let key?): return (try address(vault).vault(), key)
        case (nil, nil): return nil
        default: throw ValidationError("--vault and --key are given together: what is there is signed")
        }
    }

    private func address(_ text: String) throws -> VaultAddress {
        do { return try VaultAddress(text) } catch { throw ValidationError("--vault: \(error)") }
    }
}
