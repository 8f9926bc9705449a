import Glibc
import Hardware
import MQTT
import Platform
import Processes
import TestSupport
import Testing

@Suite("A GPIO line, by either libgpiod", .inLab)
struct GPIOLineTests {
    @Test
    func `an edge is told at once, with the kernel's stamp`() throws {
        let chip = try SimulatedChip()
        let line = try GPIOLine.input(.offset(3, chip: chip.name), consumer: "test")
        #expect(try !line.isActive())
        #expect(try line.nextEdge() == nil)
        for level in [true, false, true] {
            let before = MonotonicClock.now
            try chip.pull(3, level)
            let edge = try awaitEdge(line)
            #expect(edge.isActive == level)
            #expect(edge.instant > before && edge.instant < MonotonicClock.now)
            #expect(try line.isActive() == level)
            #expect(try line.nextEdge() == nil)
        }
    }

    @Test
    func `a line is found by the chip's name, path or label, and by its own name`() throws {
        let chip = try SimulatedChip(names: [2: "PIR-\(getpid())"])
        let named = "PIR-\(getpid())"
        let places: [GPIOPlace] = [
            .offset(2, chip: chip.name), .offset(2, chip: "/dev/\(chip.name)"), .offset(2, chip: chip.label),
            .named(named), .named(named, chip: chip.label), .named(named, chip: chip.name),
        ]
        for place in places {
            let line = try GPIOLine.input(place, consumer: "test")
            #expect(line.place == "line 2 of /dev/\(chip.name)", "\(place)")
        }
    }

    @Test
    func `active low turns levels and edges round`() throws {
        let chip = try SimulatedChip()
        let line = try GPIOLine.input(.offset(0, chip: chip.name), isActiveLow: true, consumer: "test")
        #expect(try line.isActive())
        try chip.pull(0, true)
        #expect(try awaitEdge(line).isActive == false)
    }

    @Test(arguments: [(GPIOBias.pullUp, true), (.pullDown, false)])
    func `a bias is what the line rests at`(_ bias: GPIOBias, level: Bool) throws {
        let chip = try SimulatedChip()
        try chip.pull(1, !level)
        let line = try GPIOLine.input(.offset(1, chip: chip.name), bias: bias, consumer: "test")
        #expect(try line.isActive() == level)
    }

    @Test
    func `an output begins with its value, and takes others`() throws {
        let chip = try SimulatedChip()
        let line = try GPIOLine.output(.offset(5, chip: chip.name), isActive: true, consumer: "test")
        #expect(try chip.value(5))
        try line.set(false)
        #expect(try !chip.value(5))
        #expect(line.descriptor == -1)
    }

    @Test
    func `an open drain drives low, and lets go`() throws {
        let chip = try SimulatedChip()
        let line = try GPIOLine.output(.offset(5, chip: chip.name), isActive: true, isOpenDrain: true, consumer: "test")
        try chip.pull(5, true)
        #expect(try chip.value(5))
        try line.set(false)
        #expect(try !chip.value(5))
    }

    @Test
    func `what can't be had is refused with what and why and what to do`() throws {
        let chip = try SimulatedChip(lines: 4)
        let first = try GPIOLine.input(.offset(1, chip: chip.name), consumer: "the first")
        let cases: [(GPIOPlace, [String])] = [
            (.offset(1, chip: chip.name), ["line 1 of \(chip.name)", "\"the first\" uses it"]),
            (.offset(4, chip: chip.name), ["has the lines 0 to 3", "gpioinfo"]),
            (.offset(1, chip: "gpiochip77"), ["no such chip", "gpiodetect"]),
            (.offset(1, chip: "/dev/null"), ["/dev/null is no GPIO chip", "gpiodetect"]),
            (.named("nobody", chip: chip.name), ["no line has that name on /dev/\(chip.name)", "gpioinfo"]),
            (.named("nobody"), ["line \"nobody\"", "no line has that name", "gpioinfo"]),
        ]
        for (place, parts) in cases {
            let error = #expect(throws: HardwareError.self) { try GPIOLine.input(place, consumer: "test") }
            for part in parts { #expect(error?.description.contains(part) == true, "\(error as Any) lacks \(part)") }
            #expect(error?.code == .unavailable)
        }
        #expect(try !first.isActive())
    }

    @Test
    func `a chip that goes away says so, to readers and writers`() throws {
        let chip = try SimulatedChip()
        let input = try GPIOLine.input(.offset(0, chip: chip.name), consumer: "test")
        let output = try GPIOLine.output(.offset(1, chip: chip.name), consumer: "test")
        try chip.unplug()
        #expect(throws: HardwareError.self) { try awaitEdge(input) }
        #expect(throws: HardwareError.self) { try input.isActive() }
        #expect(throws: HardwareError.self) { try output.set(true) }
    }

    private func awaitEdge(_ line: GPIOLine) throws -> GPIOLine.Edge {
        var entry = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&entry, 1, 2000) == 1)
        guard let edge = try line.nextEdge() else { throw TestFailure("\(line.place): ready, and yet no edge") }
        return edge
    }
}
