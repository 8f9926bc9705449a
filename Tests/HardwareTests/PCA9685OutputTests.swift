import Glibc
import Hardware
import Lighting
import Testing

@Suite("Bars on a PCA9685, on a chip that is written to as the data sheet says")
struct PCA9685OutputTests {
    /// A chip that counts what it is told, and may be gone.
    final class Bus: RegisterBus {
        var chip = PCA9685Tests.Chip()
        var writes = 0
        var isGone = false

        func read(_ register: UInt8) throws(HardwareError) -> UInt8 {
            if isGone { throw HardwareError(.unavailable, "nothing answers") }
            return chip.registers[Int(register)]
        }

        func write(_ bytes: [UInt8], from register: UInt8) throws(HardwareError) {
            if isGone { throw HardwareError(.unavailable, "nothing answers") }
            writes += 1
            chip.take(PCA9685.Write(register: register, bytes: bytes))
        }

        /// The part of the cycle for which a channel is high, 0…1.
        func duty(_ channel: Int) -> Double {
            let levels = chip.pin(channel).map { $0 ?? false }
            return Double(levels.count { $0 }) / Double(levels.count)
        }
    }

    private func frame(_ channels: UInt16...) -> Frame { Frame(channels: channels, lightness: .full) }

    @Test func `bars of one board are its parts, each on its channels`() throws {
        let bus = Bus()
        let output = PCA9685Output(bars: [[3], [8, 7]], hertz: 1526, isInverted: false, bus: bus)
        output.set(frame(32768), of: 0)
        output.set(frame(65535, 0), of: 1)
        #expect(try output.present(isAtRest: true) == .seconds(10))
        #expect(abs(bus.duty(3) - 0.5) < 1e-3)
        #expect(bus.duty(8) == 1 && bus.duty(7) == 0 && bus.duty(0) == 0)
    }

    @Test func `what doesn't change isn't written again, but at rest, when a chip that slept is started anew`() throws {
        let bus = Bus()
        let output = PCA9685Output(bars: [[0], [15]], hertz: 1000, isInverted: false, bus: bus)
        output.set(frame(65535), of: 0)
        _ = try output.present(isAtRest: false)
        var before = bus.writes
        _ = try output.present(isAtRest: false)
        #expect(bus.writes == before)
        output.set(frame(65535), of: 1)
        _ = try output.present(isAtRest: false)
        #expect(bus.writes == before + 1)
        // It lost its supply for a moment.
        bus.chip = PCA9685Tests.Chip()
        before = bus.writes
        _ = try output.present(isAtRest: true)
        #expect(bus.writes > before)
        #expect(bus.duty(0) == 1 && bus.duty(15) == 1)
    }

    @Test func `light of less than a step is dithered over time`() throws {
        let bus = Bus()
        let output = PCA9685Output(bars: [[0]], hertz: 1526, isInverted: false, bus: bus)
        // A quarter of a step of 4096.
        output.set(frame(4), of: 0)
        var sum = 0.0
        for _ in 0..<400 {
            #expect(try output.present(isAtRest: false) <= .milliseconds(10))
            sum += bus.duty(0)
        }
        #expect(abs(sum / 400 - 4.0 / 65535) < 2e-6)
    }

    @Test func `a chip that is gone is a fault, and is started anew once it is back`() throws {
        let bus = Bus()
        let output = PCA9685Output(bars: [[0]], hertz: 1526, isInverted: true, bus: bus)
        bus.isGone = true
        output.set(frame(65535), of: 0)
        #expect(throws: HardwareError.self) { try output.present(isAtRest: true) }
        bus.isGone = false
        _ = try output.present(isAtRest: false)
        // Inverted: lit while low.
        #expect(bus.duty(0) == 0)
    }

    @Test func `a bus that isn't there, or isn't one, is told with what to do`() throws {
        let bar = BarConfiguration(name: "b", output: BarOutput(PCA9685Channels(bus: "/dev/i2c-77", channels: [0])))
        let missing = NodeOutputs([bar], node: "n", site: "s").outputs[0]
        let error = try #require(throws: HardwareError.self) { _ = try missing.present(isAtRest: true) }
        #expect(error.description.contains("/dev/i2c-77 isn't there") && error.description.contains("i2c_arm=on"))
        let null = BarConfiguration(name: "b", output: BarOutput(PCA9685Channels(bus: "/dev/null", channels: [0])))
        let output = NodeOutputs([null], node: "n", site: "s").outputs[0]
        let other = try #require(throws: HardwareError.self) { _ = try output.present(isAtRest: true) }
        #expect(other.description.contains("is no I2C bus"), "\(other)")
    }
}
