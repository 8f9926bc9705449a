import Glibc
import Hardware
import Lighting
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent with bars on GPIO lines", .inLab)
struct AgentGPIOTests {
    @Test
    func `a bar on a GPIO line is on while it is lit; one that is dimmed by software is on for its part of the time`()
        async throws
    {
        let chip = try SimulatedChip()
        let hardware = """
            bars: [{name: bar, channels: white, output: {driver: gpio, chip: \(chip.name), line: 5}}]
            sensors: [{name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}]

            """
        let zone = "bars: [lab]\nsensors: {lab/pir: first}\nhold: 5s\nlook: {easeIn: 0s, easeOut: 0s}"
        try await LabNode.with(hardware, zone: zone) { node in
            try await node.health("bar/bar") { $0.healthy }
            #expect(try !chip.value(5))
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "the line is high") { try chip.value(5) }
            try chip.pull(3, false)
            try await eventually(within: .seconds(10), "the line is low") { try !chip.value(5) }
        }
        let dimmed = GPIOOutput(
            GPIOOutputLine(.offset(6, chip: chip.name), isDimmed: true), consumer: "test")
        dimmed.set(Frame(channels: [16384], lightness: .full), of: 0)
        _ = try dimmed.present(isAtRest: true)
        var high = 0
        for _ in 0..<400 {
            if try chip.value(6) { high += 1 }
            try await Task.sleep(for: .microseconds(1700))
        }
        #expect((60..<180).contains(high), "\(high) of 400")
        dimmed.set(Frame(channels: [65535], lightness: .full), of: 0)
        _ = try dimmed.present(isAtRest: true)
        try await eventually(within: .seconds(2), "it is full on") { try chip.value(6) }
    }

    @Test
    func `a bar whose line somebody has is told, with who has it; the other bars go on, and it joins once it can`()
        async throws
    {
        let chip = try SimulatedChip()
        let led = try UserLED("lab-beside-led")
        let hardware = """
            bars:
              - {name: relay, channels: white, output: {driver: gpio, chip: \(chip.name), line: 5}}
              - {name: led, channels: white, output: {driver: led, name: lab-beside-led}}
            sensors: [{name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}]

            """
        let zone = """
            bars: [lab/relay, lab/led]
            sensors: {lab/pir: first}
            hold: 5s
            look: {brightness: 100%, easeIn: 0s, easeOut: 0s}
            """
        var holder: GPIOLine? = try GPIOLine.input(.offset(5, chip: chip.name), consumer: "somebody else")
        try await LabNode.with(hardware, zone: zone) { node in
            let fault = try await node.health("bar/relay") { !$0.healthy }
            #expect(
                fault.detail == "line 5 of \(chip.name) can't be had: \"somebody else\" uses it; end that, or take "
                    + "another line")
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "the other bar is lit") {
                led.brightnesses.last?.value == 255
            }
            #expect(try await node.health("bar/led") { $0.healthy }.detail == nil)
            #expect(try GPIOLine.user(of: .offset(5, chip: chip.name)) == "somebody else")
            holder = nil
            #expect(holder == nil)
            try await node.health("bar/relay", within: .seconds(30)) { $0.healthy }
            #expect(try GPIOLine.user(of: .offset(5, chip: chip.name)) == "footlight lab/relay")
            #expect(try chip.value(5), "it shows what it should")
        }
    }
}
