internal import Mesh
internal import Telemetry

/// All checkpoints of a vault, taken together: what is known for sure of a store's chains.
public struct CheckpointLog: Sendable {
    /// What a checkpoint says of records.
    struct Pin: Sendable, Hashable {
        /// The records.
        var segment: ChainSegment
        /// The checkpoint that said so last.
        var number: Int
    }

    /// The last checkpoint's number; 0: there is none.
    public private(set) var number = 0
    /// The last one's digest.
    private(set) var digest = Digest.none
    private var pinsByBoot: [RecordKey: [Pin]] = [:]

    /// Without any.
    public init() {}

    /// The checkpoints in a vault.
    ///
    /// - Throws: ``VaultError`` where one is missing before the last, or isn't what was signed. That the last are missing
    ///   nobody can tell but the vault: its objects must be such as can't be removed.
    public init(in vault: any Vault, key: VerifyingKey) throws {
        let names = try vault.list(Checkpoint.folder)
        for (index, name) in names.enumerated() {
            let expected = Checkpoint.name(index + 1)
            guard name == expected else { throw VaultError("\(expected) is missing from the vault: \(name) is there") }
            let text = try SignedObject.get(name, by: key, in: vault)
            do throws(MessageError) {
                let checkpoint = try Checkpoint(text: text)
                guard checkpoint.number == index + 1, checkpoint.previous == digest else {
                    throw MessageError(.outOfRange, field: "number", reason: "does not follow the one before")
                }
                add(checkpoint, digest: Digest(of: text))
            } catch {
                throw VaultError("\(name): \(error)")
            }
        }
    }

    mutating func add(_ checkpoint: Checkpoint, digest: Digest) {
        number = checkpoint.number
        self.digest = digest
        for segment in checkpoint.segments {
            var pins = pinsByBoot[segment.first.at(0), default: []]
            if var last = pins.last, last.segment.extend(by: segment) {
                last.number = number
                pins[pins.count - 1] = last
            } else {
                pins.append(Pin(segment: segment, number: number))
            }
            pinsByBoot[segment.first.at(0)] = pins
        }
    }

    /// What is known of the boot of a record, in the order of its sequences.
    func pins(ofBoot key: RecordKey) -> [Pin] { pinsByBoot[key.at(0)] ?? [] }

    /// All that is known, in the order of keys.
    var pins: [Pin] { pinsByBoot.values.joined().sorted { $0.segment.lastKey < $1.segment.lastKey } }
}
