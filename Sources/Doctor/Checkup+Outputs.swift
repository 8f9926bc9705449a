internal import Configuration
internal import Glibc
internal import Hardware
internal import Lighting

extension Checkup {
    /// What the bars' light goes out by: is it there, may the agent use it, and is it what the file says?
    func outputs() -> [Finding] {
        var findings: [Finding] = []
        for node in file.nodes {
            for bar in node.bars {
                let check = "bar \(bar.name)"
                switch bar.output {
                case .trace(let path, _):
                    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
                    findings.append(self.folder(check, folder.isEmpty ? "/" : folder))
                // Nothing to look at; a line is among the lines, a strip among the strips.
                case .simulated, .gpio, .strip: break
                case .pwm(let pins):
                    for channel in pins.channels { findings.append(pwm(check, pins, channel: channel)) }
                case .led(let names):
                    for name in names { findings.append(led(check, name, isAlone: names.count < bar.channels.count)) }
                }
            }
            findings += strips(of: node)
        }
        return findings
    }

    /// The light sensors: are they there, and do they say how bright it is?
    func lights() -> [Finding] {
        file.nodes.flatMap(\.lightSensors).compactMap { sensor in
            let check = "light sensor \(sensor.name)"
            guard case .iio(let device) = sensor.input else { return nil }
            do throws(HardwareError) {
                let lux = try LightSensors.look(at: device, root: board.root)
                return .fine(check, "\(device) says \((lux * 10).rounded() / 10) lx")
            } catch {
                return finding(check, error)
            }
        }
    }

    private func pwm(_ check: String, _ pins: PWMPins, channel: Int) -> Finding {
        let chip = PWMOutput.chip(pins.chip)
        guard let text = board.text("\(chip)/npwm"), let count = Int(text) else {
            let there = board.names(in: "/sys/class/pwm").filter { $0.hasPrefix("pwmchip") }
            return .fault(
                check, "\(chip) isn't there\(there.isEmpty ? "" : "; there is \(there.joined(separator: ", "))")",
                remedy: "Load its overlay (Raspberry Pi: dtoverlay=pwm-2chan in config.txt), or correct chip in the "
                    + "agent's file; ls -l /sys/class/pwm says what each is")
        }
        guard channel < count else {
            return .fault(
                check, "\(chip) has no channel \(channel): it has \(count), counted from 0",
                remedy: "Correct channel in the agent's file")
        }
        // Once it is exported, its own files count.
        let folder = "\(chip)/pwm\(channel)"
        let path = board.obstacle(folder, .read) == 0 ? "\(folder)/duty_cycle" : "\(chip)/export"
        return writable(check, path, "\(chip), channel \(channel)", group: "gpio")
    }

    /// - Parameter isAlone: whether it is to be all of the bar's channels.
    private func led(_ check: String, _ name: String, isAlone: Bool) -> Finding {
        let folder = "/sys/class/leds/\(name)"
        guard let text = board.text("\(folder)/max_brightness"), let steps = Int(text) else {
            let there = board.names(in: "/sys/class/leds")
            return .fault(
                check, "LED \(name) isn't there\(there.isEmpty ? "" : "; there is \(there.joined(separator: ", "))")",
                remedy: "Load its overlay, or correct name in the agent's file")
        }
        let colours = board.text("\(folder)/multi_index")
        if isAlone, colours == nil {
            return .fault(
                check, "LED \(name) has one colour, and the bar has several",
                remedy: "Name an LED for each channel (names: [warm, cold]), or a multicolour one")
        }
        let finding = writable(
            check, "\(folder)/\(colours == nil ? "brightness" : "multi_intensity")",
            "LED \(name), \(colours.map { "\($0), " } ?? "")\(steps) steps", group: "gpio")
        guard finding.verdict == .fine, steps < LEDClassOutput.leastSteps else { return finding }
        return .warning(
            check, "LED \(name) has \(steps == 1 ? "one step" : "\(steps) steps"), so it is on or off",
            remedy: "Drive it by PWM (pwm-leds in the overlay, or the driver pwm), should it be dimmed")
    }

    /// The strips of a node, each with all bars that share it.
    private func strips(of node: NodeConfiguration) -> [Finding] {
        let made = NodeOutputs(node.bars, node: node.name, site: file.site)
        return made.outputs.indices.flatMap { index -> [Finding] in
            let bars = zip(node.bars, made.places).filter { $0.1.output == index }.map(\.0)
            guard let bar = bars.first, case .strip(let part) = bar.output else { return [] }
            let check = (bars.count > 1 ? "bars " : "bar ") + bars.map(\.name).joined(separator: ", ")
            switch part.line {
            case .ws281x(let device):
                let frame = (made.outputs[index] as? StripOutput<WS281xEncoder>)?.bytesPerFrame
                return [spi(check, device, bytesAtOnce: frame)]
            case .apa102(let device): return [spi(check, device, bytesAtOnce: nil)]
            case .ddp(let host): return [network(check, [host], port: DDPEncoder.port)]
            case .e131(let host, let universe):
                return [network(check, [host ?? E131Encoder.multicastAddress(of: universe)], port: E131Encoder.port)]
            }
        }
    }

    /// - Parameter bytesAtOnce: what a frame has that must go out in one piece.
    private func spi(_ check: String, _ device: String, bytesAtOnce: Int?) -> Finding {
        let number = board.obstacle(device, .write)
        guard number == 0 else {
            return finding(check, SPIDevice.failure(number, at: device))
        }
        let size = board.text(SPIDevice.bufferSizePath).flatMap { Int($0) } ?? SPIDevice.defaultBufferSize
        if let bytesAtOnce, bytesAtOnce > size {
            return finding(check, SPIDevice.tooLong(bytesAtOnce, bufferSize: size, at: device))
        }
        let frame = bytesAtOnce.map { ", and takes its frame of \($0) bytes at once" } ?? ""
        return .fine(check, "\(device) can be written to\(frame)")
    }

    /// Whether there is a way to it; nothing is sent.
    private func network(_ check: String, _ hosts: [String], port: UInt16) -> Finding {
        do throws(HardwareError) {
            try UDPSender(hosts: hosts, port: port).findWay()
            return .fine(check, "there is a way to \(hosts[0]); whether it listens, the light says")
        } catch {
            return finding(check, error)
        }
    }

    private func writable(_ check: String, _ path: String, _ what: String, group: String) -> Finding {
        switch board.obstacle(path, .write) {
        case 0: .fine(check, "\(what), is there, and can be written to")
        case let number:
            finding(
                check, HardwareError(errno: number, at: path, ifMissing: "load the driver anew", group: group))
        }
    }

    /// A fault's sentence has its remedy behind a semicolon.
    func finding(_ check: String, _ error: HardwareError) -> Finding {
        let parts = error.description.split(separator: "; ", maxSplits: 1).map(String.init)
        return .fault(check, parts[0], remedy: parts.count > 1 ? parts[1] : "See the agent's log")
    }
}
