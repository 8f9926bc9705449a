import Backend
import FoundationEssentials
import Glibc
import Lighting
import MQTT
import Platform
import Processes
import Telemetry
import TestSupport
import Testing

/// Months move out of the database, and come back, and nothing is lost on the way. On each kind of store.
@Suite struct ArchiveTests {
    /// A store with records of March to May 2025, of two sites, and a vault.
    private struct Place {
        let test: TestStore
        let folder: TemporaryFolder
        let records: [ReceivedRecord]
        let key: SigningKey
        let vault: any Vault

        init(_ kind: TestStore.Kind, vault: (any Vault)? = nil) async throws {
            test = try await TestStore.new(kind)
            folder = try TemporaryFolder("archive")
            self.vault = vault ?? FolderVault(folder: "\(folder.path)/vault")
            records =
                try Self.chain(site: "cabin", node: "stair-01") + Self.chain(site: "home", node: "stair-01")
                + Self.chain(site: "home", node: "stair-02")
            try SigningKey.make(file: "\(folder.path)/key")
            key = try SigningKey(file: "\(folder.path)/key")
            _ = try await test.store.add(records)
            var maker = try CheckpointMaker(vault: self.vault, key: key)
            #expect(try await maker.make(of: test.store) == (1, 60))
        }

        /// A boot that begins in March and ends in May: six records, seven, seven.
        private static func chain(site: String, node: String) throws -> [ReceivedRecord] {
            var chain = RecordChain(site: site, node: node, boot: "1f0c")
            // 30 March 2025.
            let start = MeshInstant(nanoseconds: 1_743_292_800_000_000_000)
            return try (0..<20).map { index in
                try ReceivedRecord(
                    line: chain.append(
                        .motion(MotionEvent(sensor: "bottom", motion: index.isMultiple(of: 2))),
                        at: start + .seconds(86_400 * [0, 10, 40][min(2, (index + 1) / 7)] + index)))
            }
        }

        /// The key that checks.
        var checking: VerifyingKey { key.verifyingKey }

        func archive(_ month: String) async throws -> (count: Int?, findings: [String]) {
            var findings: [String] = []
            var writer = try ArchiveWriter(
                try #require(RecordMonth(text: month)), vault: vault, key: key, tell: { findings.append($0) })
            let count = try await writer.move(from: test.store)
            #expect(!writer.wasThere)
            return (count, findings)
        }

        /// What `verify` says of a store.
        func findings(_ store: (any RecordStore)? = nil) async throws -> [String] {
            var findings: [String] = []
            var verification = Verification(
                checkpoints: try CheckpointLog(in: vault, key: checking),
                archived: try Archive(in: vault, key: checking).segments, tell: { findings.append($0) })
            _ = try await verification.run(store ?? test.store, site: nil)
            return findings
        }

        /// What is found in restoring all.
        func restore(to store: any RecordStore) async throws -> (count: Int, findings: [String]) {
            let archive = try Archive(in: vault, key: checking)
            var (count, findings) = (0, [String]())
            for month in archive.months { count += try await archive.restore(month, to: store) { findings.append($0) } }
            return (count, findings)
        }
    }

    private static func lines(_ store: any RecordStore) async throws -> [[UInt8]] {
        try await store.scan(.all, after: nil, limit: 1000).map(\.line)
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `a month is archived and dropped, and restored into an empty database`(kind: TestStore.Kind) async throws {
        try await Self.archiveAndRestore(try await Place(kind), kind)
    }

    /// By `make s3-check`.
    @Test(.enabled(if: getenv("FOOTLIGHT_S3") != nil))
    func `the same in a bucket with object lock`() async throws {
        let address = try VaultAddress(String(cString: try #require(getenv("FOOTLIGHT_S3"))))
        let endpoint = getenv("FOOTLIGHT_S3_ENDPOINT").map { String(cString: $0) }
        let vault = address.vault(S3Vault.Options(lockDays: 2, encryptionKey: "alias/footlight", endpoint: endpoint))
        #expect(try vault.list("") == [])
        #expect(try vault.get("nothing") == nil)
        #expect(try vault.put([1, 2], at: "x/1") && !vault.put([3], at: "x/1"))
        #expect(try vault.get("x/1") == [1, 2])
        try await Self.archiveAndRestore(try await Place(.sqlite, vault: vault), .sqlite)
        let elsewhere = try VaultAddress("s3://nobodys-bucket").vault(S3Vault.Options(endpoint: endpoint))
        #expect(throws: VaultError.self) { try elsewhere.list("") }
        #expect(throws: VaultError.self) { try elsewhere.put([1], at: "x") }
    }

    private static func archiveAndRestore(_ place: Place, _ kind: TestStore.Kind) async throws {
        let store = place.test.store
        #expect(try await store.months().map(\.description) == ["2025-03", "2025-04", "2025-05"])
        #expect(try await place.archive("2025-03") == (18, []))
        #expect(try await place.archive("2025-04") == (21, []))
        #expect(try await store.months().map(\.description) == ["2025-05"])
        #expect(try await lines(store).count == 21)
        #expect(try await place.findings() == [])
        // What is new goes on in the same chains, and checkpoints too.
        var maker = try CheckpointMaker(vault: place.vault, key: place.key)
        #expect(try await maker.make(of: store) == (2, 0))
        #expect(try await place.archive("2025-03") == (0, []))

        let empty = try await TestStore.new(kind)
        #expect(try await place.restore(to: empty.store) == (39, []))
        #expect(try await place.findings(empty.store).count == 3, "May isn't there")
        _ = try await empty.store.add(
            place.records.filter { $0.at >= MeshInstant(nanoseconds: 1_746_057_600_000_000_000) })
        #expect(try await place.findings(empty.store) == [])
        #expect(try await lines(empty.store) == place.records.map(\.line))
        // Once more changes nothing, and what was restored is archived anew by dropping it.
        #expect(try await place.restore(to: store) == (39, []))
        #expect(try await lines(store) == place.records.map(\.line))
        #expect(try await place.findings() == [])
        var writer = try ArchiveWriter(try #require(RecordMonth(text: "2025-03")), vault: place.vault, key: place.key)
        #expect(try await writer.move(from: store) == 18)
        #expect(writer.wasThere, "which it tells, or one wonders who dropped what was restored")
        #expect(try await place.findings() == [])
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `without the archive what was dropped is missing`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        _ = try await place.archive("2025-03")
        _ = try await place.archive("2025-05")
        var findings: [String] = []
        var verification = Verification(checkpoints: try CheckpointLog(in: place.vault, key: place.checking)) {
            findings.append($0)
        }
        #expect(try await verification.run(place.test.store, site: "cabin") == 7)
        #expect(
            findings == [
                "cabin/stair-01/1f0c/1 to 6 are missing",
                "cabin/stair-01/1f0c/14 to 20 are missing, which checkpoint 1 signed",
            ])
        #expect(try await place.findings() == [])
        try await place.test.alter("DELETE FROM record WHERE sequence = 9")
        #expect(
            try await place.findings()
                == ["cabin/stair-01", "home/stair-01", "home/stair-02"].map { "\($0)/1f0c/9 is missing" })
    }

    @Test func `an object that is missing or changed is named, and the others are restored`() async throws {
        let place = try await Place(.sqlite)
        _ = try await place.archive("2025-03")
        _ = try await place.archive("2025-04")
        let folder = "\(place.folder.path)/vault"
        let objects = try FolderVault(folder: folder).list("months/").filter { $0.hasSuffix(".gz") }
        #expect(objects.count == 4)
        let (removed, changed) = (objects[0], objects[3])
        #expect(removed.hasPrefix("months/2025-03/cabin-") && changed.hasPrefix("months/2025-04/home-"))
        rename("\(folder)/\(removed)", "\(place.folder.path)/away")
        var bytes = try place.folder.contents(of: "vault/\(changed)")
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(changed)"))
        let empty = try await TestStore.new(.sqlite)
        let restored = try await place.restore(to: empty.store)
        #expect(restored.count == 12 + 7)
        #expect(
            restored.findings == [
                "\(removed) is missing from the vault: 6 records", "\(changed) isn't what was archived: 14 records",
            ])
        // Nobody writes a manifest anew.
        let manifest = String(
            decoding: try place.folder.contents(of: "vault/months/2025-03/manifest.ndjson"), as: UTF8.self)
        try place.folder.write(manifest.replacing(":6", with: ":7"), to: "vault/months/2025-03/manifest.ndjson")
        let error = #expect(throws: VaultError.self) { try Archive(in: place.vault, key: place.checking) }
        #expect(error?.description == "months/2025-03/manifest.ndjson in the vault isn't what was signed with this key")
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `what contradicts a checkpoint stays in the database`(kind: TestStore.Kind) async throws {
        let place = try await Place(kind)
        // The last record of a boot that was signed, written anew with its digest.
        var chain = RecordChain(site: "home", node: "stair-02", boot: "1f0c")
        for record in place.records[40..<59] { _ = chain.append(try #require(record.body), at: record.at) }
        let forged = try ReceivedRecord(
            line: chain.append(.log(LogLine(level: .info, text: "nobody was here")), at: place.records[59].at))
        try await place.test.alter("DELETE FROM record WHERE node = 'stair-02' AND sequence = 20")
        _ = try await place.test.store.add([forged])
        let outcome = try await place.archive("2025-05")
        #expect(outcome == (nil, ["home/stair-02/1f0c/20 isn't what checkpoint 1 signed"]))
        #expect(try await Self.lines(place.test.store).count == 60)
        #expect(try Archive(in: place.vault, key: place.checking).months == [])
        // Nor is a month dropped that has grown meanwhile.
        await #expect(throws: StoreError.self) {
            try await place.test.store.drop(try #require(RecordMonth(text: "2025-05")), expecting: 20)
        }
        #expect(try await Self.lines(place.test.store).count == 60)
    }

    @Test func `a month that records may still come for isn't archived`() async throws {
        let place = try await Place(.sqlite)
        let now = RealTimeClock.now
        var month = try #require(RecordMonth(text: "2025-03"))
        while !month.isOpen(at: now) { month = month.next }
        #expect(month.instants.upperBound + 401 * 86_400_000_000_000 > now)
        let open = month.description
        await #expect(throws: VaultError.self) { try await place.archive(open) }
        #expect(!month.isOlder(thanMonths: 15, at: Int(now / 1_000_000_000)))
    }

    @Test(arguments: [
        ("1970-01", Int64(0)), ("2000-03", 951_868_800), ("2024-03", 1_709_251_200), ("2025-12", 1_764_547_200),
    ])
    func `months begin and end as in UTC`(text: String, start: Int64) throws {
        let month = try #require(RecordMonth(text: text))
        #expect(month.description == text)
        #expect(month.instants.lowerBound == start * 1_000_000_000)
        #expect(month.next.instants.lowerBound == month.instants.upperBound)
    }

    @Test(arguments: ["", "2025", "2025-13", "2025-00", "25-01", "2025-1", "+025-01", "2025-01-01"])
    func `what is no month is refused`(text: String) { #expect(RecordMonth(text: text) == nil) }

    @Test(arguments: ["", "file://x", "file:///", "s3://", "s3://-x/y", "s3://AB", "https://x", "s3://a b c"])
    func `what is no vault's address is refused`(text: String) {
        #expect(throws: VaultError.self) { try VaultAddress(text) }
    }

    @Test func `the commands do what the manual says`() async throws {
        let place = try await Place(.sqlite)
        let (key, vault) = ("\(place.folder.path)/key", "file://\(place.folder.path)/vault")
        func run(_ arguments: [String], _ store: String, key file: String? = nil, code: Int32 = 0) async throws
            -> String
        {
            let child = try ChildProcess(
                Programs.path("footlight-backend"), arguments + ["--vault", vault, "--key", file ?? key],
                environment: ["FOOTLIGHT_STORE": store, "PATH": "/usr/bin"])
            #expect(try await child.end(within: .seconds(30)) == .exit(code), "\(child.output)")
            return child.output
        }
        let store = place.test.address
        #expect(
            try await run(["archive", "--month", "2025-03", "--month", "2025-04"], store)
                == "2025-03: 18 records archived\n2025-04: 21 records archived\n")
        #expect(try await run(["archive", "--keep", "1200"], store) == "")
        #expect(try await run(["archive", "--keep", "14"], store, code: EX_USAGE).contains("15 to 1200"))
        #expect(try await run(["archive"], store, code: EX_USAGE).contains("--month"))
        let empty = try await TestStore.new(.sqlite, isMigrated: false)
        let restored = try await run(["restore", "--month", "2025-03"], empty.address, key: "\(key).pub")
        #expect(restored == "2025-03: 18 records are in the database, until archive is run on it for this month\n")
        #expect(
            try await run(["archive", "--month", "2025-03"], empty.address).hasPrefix(
                "2025-03: 18 records dropped, which the vault has: archived before"))
        #expect(
            try await run(["verify", "--archived"], store, key: "\(key).pub")
                == "21 records: all are whole, by 1 checkpoints; 39 records in 2 archived months\n")
    }
}
