import Testing

@testable import MQTT

@Suite struct VersionMemoryTests {
    private let here = BrokerAddress(host: "a", port: 1)
    private let there = BrokerAddress(host: "b", port: 1)

    @Test func `a refusal is remembered, for its address alone`() {
        var memory = VersionMemory(allowed: [.v5, .v311])
        #expect(memory.version(for: here) == .v5)
        let action1 = memory.refuse(.v5, at: here)
        #expect(action1)
        #expect(memory.version(for: here) == .v311)
        #expect(memory.version(for: there) == .v5)
        let action2 = memory.refuse(.v311, at: here)
        #expect(!action2)
    }

    @Test func `two hang-ups without an answer make it try the other, which is remembered only if it works`() {
        var memory = VersionMemory(allowed: [.v5, .v311])
        memory.hungUp(.v5, at: here)
        #expect(memory.version(for: here) == .v5)
        memory.hungUp(.v5, at: here)
        #expect(memory.version(for: here) == .v311)
        memory.hungUp(.v311, at: here)
        #expect(memory.version(for: here) == .v5)
        memory.hungUp(.v5, at: here)
        memory.hungUp(.v5, at: here)
        memory.accept(.v311, at: here)
        #expect(memory.version(for: here) == .v311)
    }

    @Test func `silence makes it try the other at once, which is remembered only if it works`() {
        var memory = VersionMemory(allowed: [.v5, .v311])
        #expect(memory.hasAnother(than: .v5, at: here))
        let isWorthATry = memory.wasSilent(.v5, at: here)
        #expect(isWorthATry)
        #expect(memory.version(for: here) == .v311)
        #expect(!memory.hasAnother(than: .v311, at: here))
        let isWorthAnother = memory.wasSilent(.v311, at: here)
        #expect(!isWorthAnother)
        #expect(memory.version(for: here) == .v5)
        _ = memory.wasSilent(.v5, at: here)
        memory.accept(.v311, at: here)
        #expect(memory.version(for: here) == .v311)
    }

    @Test func `where MQTT 5 was spoken before, silence must come three times`() {
        var memory = VersionMemory(allowed: [.v5, .v311])
        memory.accept(.v5, at: here)
        for _ in 0..<2 {
            #expect(!memory.hasAnother(than: .v5, at: here))
            let isWorthATry = memory.wasSilent(.v5, at: here)
            #expect(!isWorthATry)
        }
        #expect(memory.hasAnother(than: .v5, at: here))
        let isWorthATry = memory.wasSilent(.v5, at: here)
        #expect(isWorthATry)
        #expect(memory.version(for: here) == .v311)
    }

    @Test func `an address that names its version is spoken to in no other`() throws {
        let old = try BrokerAddress("mqtt://broker?mqttVersion=3.1.1")
        let new = try BrokerAddress("mqtt://broker?mqttVersion=5")
        var memory = VersionMemory(allowed: [.v5, .v311])
        #expect(memory.version(for: old) == .v311)
        for _ in 0..<3 { memory.hungUp(.v5, at: new) }
        let isRefusalWorthATry = memory.refuse(.v5, at: new)
        let isSilenceWorthATry = memory.wasSilent(.v5, at: new)
        #expect(!isRefusalWorthATry && !isSilenceWorthATry)
        #expect(!memory.hasAnother(than: .v5, at: new))
        #expect(memory.version(for: new) == .v5)
    }

    @Test func `a success forgets hang-ups, and a single version has no alternative`() {
        var memory = VersionMemory(allowed: [.v5, .v311])
        memory.hungUp(.v5, at: here)
        memory.accept(.v5, at: here)
        memory.hungUp(.v5, at: here)
        #expect(memory.version(for: here) == .v5)
        var single = VersionMemory(allowed: [.v311])
        let isWorthATry = single.refuse(.v311, at: here)
        #expect(!isWorthATry)
        single.hungUp(.v311, at: here)
        single.hungUp(.v311, at: here)
        #expect(single.version(for: here) == .v311)
    }
}
