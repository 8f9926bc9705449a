internal import FoundationEssentials
internal import Glibc
internal import Processes

/// A vault in a bucket of S3, or of what speaks its API, by way of `aws`: credentials and their renewal (instance roles by
/// IMDSv2) are that program's affair.
///
/// Objects are put where there is none of their name. Two that put one at the same moment both do: in a bucket with object
/// lock both stay, as versions.
public struct S3Vault: Vault {
    /// Options by which objects are put.
    public struct Options: Sendable, Hashable {
        /// The number of days for which nobody, not even the account's owner, can remove an object; nil: as the bucket
        /// has it.
        public var lockDays: Int?
        /// The key of KMS that they are encrypted with; nil: as the bucket has it.
        public var encryptionKey: String?
        /// Another server than AWS's.
        public var endpoint: String?

        /// The bucket's own options, at AWS.
        public init(lockDays: Int? = nil, encryptionKey: String? = nil, endpoint: String? = nil) {
            self.lockDays = lockDays
            self.encryptionKey = encryptionKey
            self.endpoint = endpoint
        }
    }

    private let bucket: String
    /// Before every name; empty, or with `/` at its end.
    private let prefix: String
    private let options: Options

    init(bucket: String, prefix: String, options: Options) {
        self.bucket = bucket
        self.prefix = prefix
        self.options = options
    }

    /// Puts an object there.
    public func put(_ bytes: [UInt8], at name: String) throws -> Bool {
        switch try run("head-object", key(name)) {
        case .done: return false
        case .missing: break
        }
        return try withFile { file in
            do { try Data(bytes).write(to: URL(filePath: file)) } catch {
                throw VaultError("can't write \(file): \(error)")
            }
            var arguments = key(name) + ["--body", file, "--checksum-algorithm", "SHA256"]
            if let days = options.lockDays {
                let end = Date(timeIntervalSinceNow: Double(days) * 86_400).formatted(.iso8601)
                arguments += ["--object-lock-mode", "COMPLIANCE", "--object-lock-retain-until-date", end]
            }
            if let key = options.encryptionKey {
                arguments += ["--server-side-encryption", "aws:kms", "--ssekms-key-id", key]
            }
            guard case .done = try run("put-object", arguments) else {
                throw VaultError("there is no bucket \(bucket)")
            }
            return true
        }
    }

    /// An object's bytes.
    public func get(_ name: String) throws -> [UInt8]? {
        try withFile { file in
            guard case .done = try run("get-object", key(name) + [file]) else { return nil }
            do { return Array(try Data(contentsOf: URL(filePath: file))) } catch {
                throw VaultError("can't read \(file): \(error)")
            }
        }
    }

    /// The names of the objects that begin so.
    public func list(_ prefix: String) throws -> [String] {
        let all = "\(self.prefix)\(prefix)"
        // One a line; what else the program says begins otherwise.
        let outcome = try run(
            "list-objects-v2",
            ["--bucket", bucket, "--prefix", all, "--query", "Contents[].[Key]", "--output", "text"])
        guard case .done(let output) = outcome else { throw VaultError("there is no bucket \(bucket)") }
        return output.split(separator: "\n").filter { $0.hasPrefix(all) }.map {
            String($0.dropFirst(self.prefix.count))
        }
        .sorted()
    }

    private enum Outcome {
        case done(String)
        case missing
    }

    private func key(_ name: String) -> [String] { ["--bucket", bucket, "--key", "\(prefix)\(name)"] }

    private func run(_ operation: String, _ arguments: [String]) throws -> Outcome {
        let endpoint = options.endpoint.map { ["--endpoint-url", $0] } ?? []
        do {
            let aws = try ChildProcess("aws", endpoint + ["s3api", operation] + arguments)
            if try aws.waitForEnd(within: .seconds(600)) == .exit(0) { return .done(aws.output) }
            let output = aws.output
            if ["(404)", "(NoSuchKey)", "(NoSuchBucket)"].contains(where: { output.contains($0) }) { return .missing }
            let reason = output.split(separator: "\n").last.map(String.init) ?? "it says nothing"
            throw VaultError("aws s3api \(operation) of s3://\(bucket)/\(prefix): \(reason)")
        } catch let error as ProcessFailure {
            throw VaultError("s3:// is reached by aws (Debian: awscli): \(error)")
        }
    }

    private func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/footlight-vault-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw VaultError(errno: errno, "can't make a file in /tmp") }
        close(descriptor)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        return try body(path)
    }
}
