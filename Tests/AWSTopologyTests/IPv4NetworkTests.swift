import Testing

@testable import AWSTopology

@Suite("Networks in CIDR notation")
struct IPv4NetworkTests {
    @Test(arguments: [
        ("10.0.0.0/20", "10.0.15.255", 4096, 4091), ("10.0.6.192/26", "10.0.6.255", 64, 59),
        ("0.0.0.0/0", "255.255.255.255", 1 << 32, (1 << 32) - 5), ("10.0.0.1/32", "10.0.0.1", 1, 0),
    ])
    func `a network has its size, its ends, and five addresses fewer to use`(
        _ text: String, _ last: String, _ size: Int, _ usable: Int
    ) throws {
        let network = try IPv4Network(text)
        #expect(network.description == text)
        #expect(network.last.description == last)
        #expect(network.size == size)
        #expect(network.usable == usable)
    }

    @Test(arguments: [
        "", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "256.0.0.0/8", "10.0.0.00/24", "a/b",
        "1.2.3.4/+8",
    ])
    func `what is no network is refused`(_ text: String) {
        let error = #expect(throws: TopologyError.self) { try IPv4Network(text) }
        #expect(error?.code == .malformed)
    }

    @Test
    func `an address inside of a network is refused with the network that was meant`() {
        let error = #expect(throws: TopologyError.self) { try IPv4Network("10.0.5.1/23") }
        #expect(error?.remedy == "write 10.0.4.0/23")
    }

    @Test(arguments: 0..<50)
    func `what is left when networks are taken out covers exactly the rest`(_ seed: Int) throws {
        let whole = try IPv4Network("10.0.0.0/24")
        var state = UInt64(seed) &* 2_654_435_761 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let taken = (0..<3).compactMap { _ in
            let prefix = 25 + next(6)
            return whole.subnet(next(1 << (prefix - 24)), prefix: prefix)
        }
        let rest = whole.subtracting(taken)
        for bits in whole.first.bits...whole.last.bits {
            let address = IPv4Address(bits: bits)
            let isTaken = taken.contains { $0.contains(address) }
            #expect(rest.filter { $0.contains(address) }.count == (isTaken ? 0 : 1))
        }
    }
}
