internal import ArgumentParser
internal import Backend
internal import Glibc

/// Which vault a command is about.
struct VaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where checkpoints and archived months are, apart from the database: file:///FOLDER or s3://BUCKET/PREFIX.",
            valueName: "ADDRESS"))
    var vault: String?

    @Option(
        help: ArgumentHelp("The key that signs; to check what was signed, its public half does.", valueName: "FILE"))
    var key: String?

    @Option(help: ArgumentHelp("s3://: for how long nobody can remove an object, 1 to 36500 days.", valueName: "DAYS"))
    var lockDays: Int?

    @Option(help: ArgumentHelp("s3://: the key of KMS to encrypt by, else as the bucket has it.", valueName: "ID"))
    var kmsKey: String?

    @Option(help: ArgumentHelp("s3://: another server than AWS's.", valueName: "URL"))
    var endpoint: String?

    func validate() throws {
        if let lockDays, !(1...36_500).contains(lockDays) {
            throw ValidationError("--lock-days \(lockDays): 1 to 36500 are possible")
        }
    }

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
        case (let vault?, let key?):
            let options = S3Vault.Options(lockDays: lockDays, encryptionKey: kmsKey, endpoint: endpoint)
            return (try address(vault).vault(options), key)
        case (nil, nil): return nil
        default: throw ValidationError("--vault and --key are given together: what is there is signed")
        }
    }

    private func address(_ text: String) throws -> VaultAddress {
        do { return try VaultAddress(text) } catch { throw ValidationError("--vault: \(error)") }
    }
}
