/// A place apart from the database, where what must not be written anew is kept: checkpoints and archived records. What is
/// put there stays.
///
/// All methods block, and throw ``VaultError``.
public protocol Vault: Sendable {
    /// Puts an object there, durably. An object of that name that is there already stays as it is.
    ///
    /// - Parameter name: parts of a-z, 0-9, `-` and `.`, separated by `/`.
    /// - Returns: whether there was none of that name.
    func put(_ bytes: [UInt8], at name: String) throws -> Bool

    /// An object's bytes; nil: there is none of that name.
    func get(_ name: String) throws -> [UInt8]?

    /// The names of the objects that begin so, sorted.
    func list(_ prefix: String) throws -> [String]
}
