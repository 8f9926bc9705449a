import Hardware
import Testing

@Suite("PCA9685, read back as its data sheet describes it")
struct PCA9685Tests {
    typealias Value = (channel: Int, value: Int)

    /// A chip that takes writes, and whose counter can be run. It shares nothing with the driver.
    ///
    /// - Source: NXP, PCA9685 data sheet, Rev. 4: tables 4…8 and 11, figures 7…9, 7.3.1.1 and 7.3.5.
    struct Chip {
        var registers = [UInt8](repeating: 0, count: 256)
        /// The register writes that were made in vain, or wrong.
        var faults: [String] = []

        init() {
            registers[0] = 0b0001_0001
            registers[1] = 0b0000_0100
            for channel in 0..<16 { registers[9 + 4 * channel] = 0b0001_0000 }
            registers[254] = 30
        }

        var isAsleep: Bool { registers[0] >> 4 & 1 == 1 }

        mutating func take(_ write: PCA9685.Write) {
            if write.bytes.isEmpty || write.bytes.count > 32 { faults.append("\(write.bytes.count) bytes") }
            var register = Int(write.register)
            for byte in write.bytes {
                set(register, byte)
                // Without AI, all bytes go to the one register.
                guard registers[0] >> 5 & 1 == 1 else { continue }
                register = register == 69 || register == 254 ? 0 : register + 1
            }
        }

        private mutating func set(_ register: Int, _ byte: UInt8) {
            switch register {
            case 0: registers[0] = byte & 0x7f | registers[0] & 0x40
            case 1: registers[1] = byte & 0b0001_1111
            case 6...69: registers[register] = register % 2 == 1 ? byte & 0b0001_1111 : byte
            case 250...253:
                for channel in 0..<16 { set(6 + 4 * channel + register - 250, byte) }
            case 254:
                if isAsleep { registers[254] = max(byte, 3) } else { faults.append("PRE_SCALE while awake") }
            default: faults.append("register \(register)")
            }
        }

        /// Whether the output's pin is high at each count of a cycle, once it runs; nil where it isn't driven.
        func pin(_ channel: Int, isOEHigh: Bool = false) -> [Bool?] {
            let (mode, base) = (registers[1], 6 + 4 * channel)
            let isTotemPole = mode & 4 != 0
            if isOEHigh {
                let level: Bool? = mode & 3 == 0 ? false : mode & 3 == 1 && isTotemPole ? true : nil
                return [Bool?](repeating: level, count: 4096)
            }
            return asserted(base).map { isAsserted in
                let isHigh = isAsserted != (mode & 16 != 0)
                return isHigh && !isTotemPole ? nil : isHigh
            }
        }

        private func asserted(_ base: Int) -> [Bool] {
            let on = Int(registers[base]) + 256 * Int(registers[base + 1] % 16)
            let off = Int(registers[base + 2]) + 256 * Int(registers[base + 3] % 16)
            if registers[base + 3] & 16 != 0 { return [Bool](repeating: false, count: 4096) }
            if registers[base + 1] & 16 != 0 { return [Bool](repeating: true, count: 4096) }
            precondition(on != off, "the data sheet forbids it")
            var isOn = false
            var cycle: [Bool] = []
            // The second cycle counts: by then the first has set the state.
            for tick in 0..<2 * 4096 {
                if tick % 4096 == on { isOn = true }
                if tick % 4096 == off { isOn = false }
                if tick >= 4096 { cycle.append(isOn) }
            }
            return cycle
        }
    }

    static func started(_ driver: PCA9685) -> Chip {
        var chip = Chip()
        for write in driver.start(mode1: chip.registers[0], mode2: chip.registers[1], prescale: chip.registers[254]) {
            chip.take(write)
        }
        return chip
    }

    @Test(arguments: [(200, 30, 197), (1526, 3, 1526), (24, 253, 24), (1000, 5, 1017), (50, 121, 50), (9999, 3, 1526)])
    func `prescaler and real frequency`(_ hertz: Int, _ value: Int, _ real: Int) {
        let found = PCA9685.prescale(hertz: hertz)
        #expect(Int(found.value) == value)
        #expect(Int(found.hertz.rounded()) == real)
    }

    @Test
    func `no other prescaler comes nearer by the data sheet's formula`() {
        for hertz in PCA9685.frequencies {
            let exact = (25_000_000 / (4096 * Double(hertz))).rounded() - 1
            #expect(Double(PCA9685.prescale(hertz: hertz).value) == max(3, min(255, exact)))
        }
        // Its extremes, and those of its text.
        #expect((PCA9685.prescale(hertz: 1).hertz * 10).rounded() == 238)
    }

    @Test(arguments: [false, true], [PCA9685.Output.totemPole, .openDrain])
    func `every value has its duty, at every phase and polarity`(_ isInverted: Bool, _ output: PCA9685.Output) {
        let driver = PCA9685(hertz: 1000, output: output, isInverted: isInverted, channels: 0..<16)
        var chip = Self.started(driver)
        #expect(chip.faults == [])
        #expect(!chip.isAsleep)
        #expect(chip.registers[254] == 5)
        for value in [0, 1, 2, 255, 256, 257, 2047, 2048, 3839, 3840, 3841, 4094, 4095, 4096] {
            for write in driver.writes(of: (0..<16).map { ($0, value) }) { chip.take(write) }
            #expect(chip.faults == [])
            for channel in [0, 1, 9, 15] {
                let pin = chip.pin(channel)
                #expect(pin.count(where: { $0 != isInverted && ($0 != nil || !isInverted) }) == value)
                if output == .openDrain { #expect(!pin.contains(true)) } else { #expect(!pin.contains(nil)) }
            }
        }
    }

    @Test
    func `pulses begin at equal distances and end in the next cycle if need be`() {
        let driver = PCA9685(hertz: 1000, channels: [0, 5, 3])
        var chip = Self.started(driver)
        for write in driver.writes(of: [(0, 2000), (3, 2000), (5, 2000)]) { chip.take(write) }
        func beginning(_ channel: Int) -> Int? {
            let pin = chip.pin(channel)
            return pin.indices.first { pin[$0] == true && pin[($0 + 4095) % 4096] == false }
        }
        #expect([0, 3, 5].map(beginning) == [0, 1365, 2730])
        // Three at 2000/4096 are never lit at once, and one always is.
        let pins = [0, 3, 5].map { chip.pin($0) }
        let lit = (0..<4096).map { count in pins.count { $0[count] == true } }
        #expect(lit.min() == 1)
        #expect(lit.max() == 2)
    }

    @Test
    func `the data sheet's examples, as the model has them`() {
        var chip = Chip()
        chip.take(PCA9685.Write(register: 0, bytes: [0x20]))
        // 7.3.3: delay 10 %, duty 20 %; delay 90 %, duty 90 %.
        chip.take(PCA9685.Write(register: 6, bytes: [0x99, 0x01, 0xcc, 0x04]))
        chip.take(PCA9685.Write(register: 22, bytes: [0x65, 0x0e, 0xcb, 0x0c]))
        #expect(chip.pin(0).count { $0 == true } == 819)
        #expect(chip.pin(4).count { $0 == true } == 3686)
        #expect(chip.pin(4)[3685] == true && chip.pin(4)[3684] == false && chip.pin(4)[0] == true)
    }

    @Test(arguments: [
        (PCA9685.Output.totemPole, PCA9685.Disabled.low, Optional(false)), (.totemPole, .high, true),
        (.totemPole, .floating, nil), (.openDrain, .low, false), (.openDrain, .high, nil), (.openDrain, .floating, nil),
    ])
    func `outputs while OE is high`(_ output: PCA9685.Output, _ disabled: PCA9685.Disabled, _ level: Bool?) {
        let chip = Self.started(PCA9685(hertz: 200, output: output, disabled: disabled, channels: [0]))
        #expect(chip.pin(0, isOEHigh: true).allSatisfy { $0 == level })
    }

    @Test
    func `a chip that runs as it should isn't touched; one that doesn't is started dark`() {
        let driver = PCA9685(hertz: 1000, isInverted: true, channels: [0])
        var chip = Self.started(driver)
        #expect(driver.start(mode1: chip.registers[0], mode2: chip.registers[1], prescale: chip.registers[254]) == [])
        // Each register by itself starts it anew; the reserved bits of MODE2 don't.
        #expect(driver.start(mode1: 0x20, mode2: chip.registers[1] | 0xe0, prescale: 5) == [])
        #expect(driver.start(mode1: 0x20, mode2: chip.registers[1] ^ 0x10, prescale: 5).count == 5)
        #expect(driver.start(mode1: 0x30, mode2: chip.registers[1], prescale: 5).count == 5)
        #expect(driver.start(mode1: 0x20, mode2: chip.registers[1], prescale: 6).count == 5)
        for write in driver.writes(of: [(0, 4096)]) { chip.take(write) }
        let other = PCA9685(hertz: 500, isInverted: true, channels: [0])
        let writes = other.start(mode1: chip.registers[0], mode2: chip.registers[1], prescale: chip.registers[254])
        // At no moment is a channel lit anew while the chip changes.
        for write in writes.dropFirst() {
            chip.take(write)
            #expect(chip.pin(0).allSatisfy { $0 == true })
        }
        #expect(chip.faults == [])
        #expect(chip.registers[254] == 11)
    }

    @Test
    func `a chip on an external clock is known`() {
        #expect(PCA9685.hasExternalClock(mode1: 0x60))
        #expect(!PCA9685.hasExternalClock(mode1: 0xb1))
    }

    @Test(arguments: [
        ([Int](), [(Int, Int)]()), ([0], [(6, 4)]), (Array(0..<16), [(6, 32), (38, 32)]), ([15, 14], [(62, 8)]),
        ([0, 1, 3, 4, 5], [(6, 8), (18, 12)]), (Array(3..<13), [(18, 32), (50, 8)]), ([2, 2, 2], [(14, 4)]),
    ])
    func `channels that follow one another go together, eight at most`(_ channels: [Int], _ expected: [(Int, Int)]) {
        let driver = PCA9685(hertz: 1000, channels: 0..<16)
        let writes = driver.writes(of: channels.map { ($0, 100) })
        #expect(writes.map { Int($0.register) } == expected.map(\.0))
        #expect(writes.map(\.bytes.count) == expected.map(\.1))
        // None reaches beyond the last channel's register, after which MODE1 comes.
        #expect(writes.allSatisfy { Int($0.register) + $0.bytes.count <= 70 })
    }

    @Test
    func `of a channel named twice, the last value counts`() {
        let driver = PCA9685(hertz: 1000, channels: 0..<16)
        #expect(driver.writes(of: [(4, 1), (4, 4096), (4, 9)]) == driver.writes(of: [(4, 9)]))
    }
}
