import Backend
import FoundationEssentials
import Glibc
import Lighting
import Processes
import Telemetry
import TestSupport
import Testing

/// Whoever has the database, and not the key, changes nothing unseen. On each kind of store.
@Suite struct CheckpointTests {
    /// A store with records of two nodes in two months, and a vault whose checkpoints signed them.
    private struct Place {
        let test: TestStore
        let folder: TemporaryFolder
        let records: [ReceivedRecord]
        let key: SigningKey

        var vault: FolderVault { FolderVault(folder: "\(folder.path)/vault") }

        init(_ kind: TestStore.Kind) async throws {
            test = try await TestStore.new(kind)
            folder = try TemporaryFolder("vault")
            // The one writes in October and November 2026, the other in November alone.
            var chain = RecordChain(site: "home", node: "stair-01", boot: "1f0c")
            records =
                try (0..<12).map { index in
                    try ReceivedRecord(
                        line: chain.append(
                            .motion(MotionEvent(sensor: "bottom", motion: index.isMultiple(of: 2))),
                            at: Records.now - .seconds(86_400 * (index < 6 ? 40 : 1)) + .seconds(index)))
                } + Records.chain(6, node: "stair-02")
            try SigningKey.make(file: "\(folder.path)/key")
            key = try SigningKey(file: "\(folder.path)/key")
            _ = try await test.store.add(Array(records[..<9]))
            #expect(try await checkpoint() == (1, 9, []))
            _ = try await test.store.add(records)
            #expect(try await checkpoint() == (2, 9, []))
        }

        func checkpoint() async throws -> (number: Int, records: Int64, findings: [String]) {
            var findings: [String] = []
            var maker = try CheckpointMaker(vault: vault, key: key) { findings.append($0) }
            let made = try await maker.make(of: test.store)
            return (made.number, made.records, findings)
        }

        /// What `verify` says.
        func findings(_ site: String? = nil) async throws -> [String] {
            let checkpoints = try CheckpointLog(in: vault, key: VerifyingKey(file: "\(folder.path)/key.pub"))
            var findings: [String] = []
            var verification = Verification(checkpoints: checkpoints) { findings.append($0) }
            _ = try await verification.run(test.store, site: site)
            return findings
        }

        /// Does something to the database as its owner can.
        func alter(_ statement: String) async throws {
            try await test.alter(statement)
        }

        /// Writes all of a node's records anew, chain and all, with another first one.
        func rewrite() async throws {
            var chain = RecordChain(site: "home", node: "stair-01", boot: "1f0c")
            let forged = try records[..<12].enumerated().map { index, record in
                let body: RecordBody =
                    index == 0 ? .log(LogLine(level: .info, text: "nobody was here")) : try #require(record.body)
                return try ReceivedRecord(line: chain.append(body, at: record.at))
            }
            try await alter("DELETE FROM record WHERE node = 'stair-01'")
            _ = try await test.store.add(forged)
        }
    }

    private static let key = "home/stair-01/1f0c"

    @Test(arguments: TestStore.Kind.allCases)
    func `what is whole is found to be whole, while more comes`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        #expect(try await place.findings() == [])
        #expect(try await place.findings("cabin") == [])
        _ = try await place.test.store.add(try Records.chain(9, node: "stair-02"))
        #expect(try await place.findings() == [])
        #expect(try await place.checkpoint() == (3, 3, []))
        #expect(try await place.checkpoint() == (4, 0, []))
        #expect(try await place.findings() == [])
        // What came late, and in what order, makes no difference.
        let late = try Records.chain(9, boot: "2000")
        for part in [late[..<2], late[4...], late[2..<4]] {
            _ = try await place.test.store.add(Array(part))
            #expect(try await place.checkpoint().findings == [])
        }
        #expect(try await place.findings() == [])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `one record changed, its digest mended or not`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        let line = String(decoding: place.records[17].line, as: UTF8.self)
        let changed = line.replacing("line", with: "lime").replacing("'", with: "''")
        try await place.alter(
            "UPDATE record SET line = \(kind == .sqlite ? "CAST('\(changed)' AS BLOB)" : "'\(changed)'") "
                + "WHERE node = 'stair-02' AND sequence = 6")
        #expect(
            try await place.findings() == [
                "home/stair-02/1f0c/6 isn't what was taken",
                "home/stair-02/1f0c/6 isn't what checkpoint 2 signed: it, or one before it in its boot, was written anew",
            ])
        let digest = Digest(of: Array(line.replacing("line", with: "lime").utf8))
        try await place.alter(
            "UPDATE record SET digest = \(kind == .sqlite ? "X'" : "'\\x")\(digest)' WHERE node = 'stair-02' AND sequence = 6"
        )
        #expect(
            try await place.findings() == [
                "home/stair-02/1f0c/6 isn't what checkpoint 2 signed: it, or one before it in its boot, was written anew"
            ])
        // It isn't signed either.
        #expect(
            try await place.checkpoint().findings == [
                "home/stair-02/1f0c/6 isn't what the checkpoint before said of this boot"
            ])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `one record removed, at the end too`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        try await place.alter("DELETE FROM record WHERE node = 'stair-01' AND sequence = 5")
        #expect(try await place.findings() == ["\(Self.key)/5 is missing"])
        try await place.alter("DELETE FROM record WHERE node = 'stair-01' AND sequence >= 11")
        #expect(
            try await place.findings() == [
                "\(Self.key)/5 is missing", "\(Self.key)/11 to 12 are missing, which checkpoint 2 signed",
            ])
        #expect(
            try await place.checkpoint().findings == [
                "\(Self.key)/12 is missing, and what was signed of its boot after it"
            ])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `one record added`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        var chain = RecordChain(site: "home", node: "stair-01", boot: "1f0c", previous: place.records[4].digest)
        for _ in 0..<6 { _ = chain.append(.log(LogLine(level: .info, text: "forged")), at: Records.now) }
        // The sixth, as its record before says.
        let forged = try ReceivedRecord(
            line: chain.append(.log(LogLine(level: .info, text: "forged")), at: Records.now))
        _ = try await place.test.store.add([forged])
        #expect(try await place.findings().contains("\(Self.key)/7 is there twice, with different contents"))
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `two records exchanged`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        for change in ["sequence = sequence + 100", "sequence = 111 - sequence"] {
            try await place.alter(
                "UPDATE record SET \(change) WHERE node = 'stair-01' AND sequence IN (5, 6, 105, 106)")
        }
        let found = try await place.findings()
        #expect(found.contains("\(Self.key)/5 is the record of \(Self.key)/6"), "\(found)")
        #expect(found.contains("\(Self.key)/6 is the record of \(Self.key)/5"))
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `a month gone as a whole`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        let month = "at >= 1793491200000000000 AND at < 1796083200000000000"
        try await place.alter(kind == .sqlite ? "DELETE FROM record WHERE \(month)" : "DROP TABLE record_2026_11")
        #expect(
            try await place.findings() == [
                "\(Self.key)/7 to 12 are missing, which checkpoint 2 signed",
                "home/stair-02/1f0c/1 to 6 are missing, which checkpoint 2 signed",
            ])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `the whole chain written anew, by somebody without the key`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        try await place.rewrite()
        #expect(
            try await place.findings() == [
                "\(Self.key)/12 isn't what checkpoint 2 signed: it, or one before it in its boot, was written anew"
            ])
        // Who has the vault too, and not the key, can take away the last ones, and no more.
        let name = "\(place.folder.path)/vault/checkpoints/00000002.ndjson"
        let text = String(decoding: try place.folder.contents(of: "vault/checkpoints/00000002.ndjson"), as: UTF8.self)
        try place.folder.write(
            text.replacing("\"last\":12", with: "\"last\":11"), to: "vault/checkpoints/00000002.ndjson")
        await #expect(throws: VaultError.self) { try await place.findings() }
        rename(name, "\(place.folder.path)/away")
        #expect(try await place.findings().first?.hasPrefix("\(Self.key)/9 isn't what checkpoint 1 signed") == true)
        rename("\(place.folder.path)/away", name)
        unlink("\(place.folder.path)/vault/checkpoints/00000001.ndjson")
        let error = await #expect(throws: VaultError.self) { try await place.findings() }
        #expect(error?.description.hasPrefix("checkpoints/00000001.ndjson is missing from the vault") == true)
    }

    @Test func `a key is made once, and another one is told apart; OpenSSL reads what is signed`() async throws {
        let place = try await Place(.sqlite)
        let (key, folder) = ("\(place.folder.path)/key", place.folder.path)
        let attributes = try FileManager.default.attributesOfItem(atPath: key)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(throws: VaultError.self) { try SigningKey.make(file: key) }
        #expect(throws: VaultError.self) { try SigningKey(file: "\(key).pub") }
        try SigningKey.make(file: "\(folder)/other")
        let other = try VerifyingKey(file: "\(folder)/other.pub")
        #expect(throws: VaultError.self) { try CheckpointLog(in: place.vault, key: other) }
        let script = """
            cd \(folder) && object=vault/checkpoints/00000001.ndjson && head -n -1 $object > text
            tail -n 1 $object | python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(input()))' > signature
            openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in text -sigfile signature
            """
        let openssl = try ChildProcess("sh", ["-c", script])
        #expect(try await openssl.end(within: .seconds(30)) == .exit(0), "\(openssl.output)")
    }

    @Test func `the commands do what the manual says`() async throws {
        let test = try await TestStore.new(.sqlite)
        let folder = try TemporaryFolder("vault")
        let (key, vault) = ("\(folder.path)/checkpoint.key", "file://\(folder.path)/vault")
        _ = try await test.store.add(try Records.chain(30))
        func run(_ arguments: String..., code: Int32 = 0) async throws -> String {
            let child = try ChildProcess(
                Programs.path("footlight-backend"), arguments,
                environment: ["FOOTLIGHT_STORE": test.address, "PATH": "/usr/bin"])
            #expect(try await child.end(within: .seconds(30)) == .exit(code), "\(child.output)")
            return child.output
        }
        #expect(try await run("checkpoint", "key", key) == "\(key) signs; \(key).pub checks\n")
        let make = ["checkpoint", "make", "--vault", vault, "--key", key]
        #expect(try await run(make[0], make[1], make[2], make[3], make[4], make[5]) == "checkpoint 1: 30 new records\n")
        let verify = try await run("verify", "--vault", vault, "--key", "\(key).pub")
        #expect(verify == "30 records: all are whole, by 1 checkpoints\n")
        try await test.alter("DELETE FROM record WHERE sequence > 28")
        #expect(try await run("verify") == "28 records: all are whole\n")
        let found = try await run("verify", "--vault", vault, "--key", "\(key).pub", code: 1)
        #expect(
            found == """
                home/stair-01/1f0c/29 to 30 are missing, which checkpoint 1 signed
                28 records; 1 findings, by 1 checkpoints

                """)
        #expect(try await run("checkpoint", "key", key, code: EX_DATAERR).contains("is there already"))
        #expect(try await run("verify", "--vault", vault, code: EX_USAGE).contains("together"))
        #expect(try await run("verify", "--vault", "ftp://x", "--key", key, code: EX_USAGE).contains("file:///"))
    }
}
