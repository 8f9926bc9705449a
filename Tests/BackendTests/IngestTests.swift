import Gzip
import Lighting
import Telemetry
import Testing

@testable import Backend

@Suite struct IngestTests {
    private static func refusal(
        _ body: [UInt8], encoding: String? = nil, site: String = "home", limits: IngestLimits = IngestLimits(),
        at now: MeshInstant = Records.now
    ) -> Refusal? {
        do throws(Refusal) {
            _ = try Ingest.records(body, encoding: encoding, site: site, limits: limits, at: now)
        } catch { return error }
        return nil
    }

    private static func body(_ count: Int, from start: MeshInstant = Records.now - .seconds(100)) throws -> [UInt8] {
        try Records.chain(count, from: start).reduce(into: []) { $0 += $1.line + [0x0a] }
    }

    @Test func `a body's records come out as they went in, packed or not`() throws {
        let body = try Self.body(12)
        let plain = try Ingest.records(body, encoding: nil, site: "home", limits: IngestLimits(), at: Records.now)
        let expected = try Records.chain(12, from: Records.now - .seconds(100))
        #expect(plain == expected)
        for encoding in ["gzip", "GZIP"] {
            let packed = try Ingest.records(
                Gzip.packed(body), encoding: encoding, site: "home", limits: IngestLimits(), at: Records.now)
            #expect(packed == plain)
        }
        // The last line's end may be missing.
        let open = try Ingest.records(
            body.dropLast(), encoding: "identity", site: "home", limits: IngestLimits(), at: Records.now)
        #expect(open == plain)
    }

    @Test func `what is wrong with a record is told with its line, and none of the others is taken`() throws {
        let lines = try Records.chain(5, from: Records.now - .seconds(100)).map(\.line)
        var body = lines[0] + [0x0a] + Array("nonsense\n".utf8) + lines[1] + [0x0a, 0x0a]
        body += try Records.chain(1, site: "cabin", from: Records.now - .seconds(5))[0].line
        let refusal = Self.refusal(body)
        #expect(refusal?.status == 422)
        #expect(refusal?.refused?.map(\.line) == [2, 4, 5])
        #expect(refusal?.refused?.last?.reason == "site: is cabin, the credential is home's")
        #expect(refusal?.error.hasPrefix("3 of 5 records can't be taken, and so none was; the first: line 2: ") == true)
    }

    @Test func `records of long ago and of the future are refused, at the bounds`() throws {
        var limits = IngestLimits()
        limits.ageDays = 30
        limits.aheadSeconds = 60
        func isTaken(_ shift: Duration) throws -> Bool {
            let body = try Self.body(1, from: Records.now + shift)
            return Self.refusal(body, limits: limits) == nil
        }
        for (shift, isGood) in [(60, true), (61, false), (-30 * 86_400, true), (-30 * 86_400 - 1, false)] {
            let taken = try isTaken(.seconds(shift))
            #expect(taken == isGood, "\(shift) s")
        }
    }

    @Test func `too many and too much are refused, and nothing is wanted`() throws {
        var limits = IngestLimits()
        limits.records = 10
        let (one, ten, eleven) = (try Self.body(1), try Self.body(10), try Self.body(11))
        #expect(Self.refusal(ten, limits: limits) == nil)
        #expect(Self.refusal(eleven, limits: limits)?.status == 413)
        #expect(Self.refusal([], limits: limits)?.status == 400)
        limits.unpackedBytes = 1000
        #expect(Self.refusal(Gzip.packed(ten), encoding: "gzip", limits: limits)?.status == 413)
        #expect(Self.refusal(one, encoding: "gzip")?.status == 400)
        #expect(Self.refusal(one, encoding: "br")?.status == 415)
    }

    @Test func `a hundred of those that can't be taken are told of`() {
        let refusal = Self.refusal(Array(String(repeating: "x\n", count: 300).utf8))
        #expect(refusal?.refused?.count == 100)
        #expect(refusal?.error.hasPrefix("300 of 300 records can't be taken") == true)
    }

    @Test func `a site may send a minute's worth at once, and then as much as comes back`() {
        var limit = RateLimit(perSecond: 10, at: 0)
        #expect(limit.take(600, at: 0) == nil)
        #expect(limit.take(1, at: 0) == 1)
        #expect(limit.take(25, at: 1_000_000_000) == 2)
        #expect(limit.take(10, at: 1_000_000_000) == nil)
        // Time that stands still or goes back gives nothing.
        #expect(limit.take(1, at: 0) == 1)
        #expect(limit.take(600, at: 3_600_000_000_000) == nil)
    }
}
