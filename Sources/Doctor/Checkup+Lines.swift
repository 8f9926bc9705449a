internal import Hardware
internal import NodeFile

extension Checkup {
    /// The GPIO lines that the agent asks for: are they there, may it have them, and does somebody else?
    func lines() -> [Finding] {
        let wanted = wantedLines()
        var findings: [Finding] = []
        var seen: [GPIOPlace: String] = [:]
        for (check, place, consumer) in wanted {
            if let other = seen.updateValue(check, forKey: place) {
                findings.append(
                    .fault(
                        check, "\(place) is asked for twice, by \(other) too",
                        remedy: "Give one of the two another line in the agent's file"))
            } else {
                findings.append(line(check, place, consumer))
            }
        }
        return findings
    }

    /// The motion sensors of the board that aren't on lines: are they there, and may the agent read them?
    func boardSensors() -> [Finding] {
        file.nodes.flatMap(\.sensors).flatMap { $0.input.driver.findings("sensor \($0.name)", on: board) }
    }

    private func wantedLines() -> [(check: String, place: GPIOPlace, consumer: GPIOConsumer)] {
        var wanted: [(String, GPIOPlace, GPIOConsumer)] = []
        if let wire = file.wire { wanted.append(("wire", wire.place, .wire(node: file.nodes[0].name))) }
        for node in file.nodes {
            let bars = node.bars.map { ("bar \($0.name)", $0.name, $0.output.driver.claims) }
            let sensors = node.sensors.map { ("sensor \($0.name)", $0.name, $0.input.driver.claims) }
            for (check, name, claims) in bars + sensors {
                for case .line(let place) in claims { wanted.append((check, place, .part(name, node: node.name))) }
            }
        }
        return wanted
    }

    private func line(_ check: String, _ place: GPIOPlace, _ consumer: GPIOConsumer) -> Finding {
        do throws(HardwareError) {
            guard let user = try GPIOLine.user(of: place) else { return .fine(check, "\(place) is there, and free") }
            // The agent itself, if it runs; another agent's lines are as good as anybody's.
            if consumer.isSeen(as: user) { return .fine(check, "\(place) is the agent's (\(user))") }
            return .fault(
                check, "\(place) is used by \(user.isEmpty ? "somebody" : "\"\(user)\"")",
                remedy: "End that (a dtoverlay in config.txt, another agent or program), or take another line")
        } catch {
            return .fault(check, error)
        }
    }
}
