internal import Lighting
internal import Mesh

/// A zone as lines on a terminal: a staircase where it has a wave and fits, a row of bars where not.
struct ZonePicture {
    let name: String
    let observer: MeshObserver
    let bars: [MeshObserver.Bar]
    let now: MeshInstant
    let columns: Int
    let rows: Int
    let colourful: Bool

    /// The picture with its heading and what is to be told of it.
    var lines: [StyledLine] {
        guard let zone = observer.zone(name) else {
            return ["No zone \"\(name)\" yet; footlight apply site.yaml makes it."]
        }
        let runs = zone.zone.follow != nil || !zone.zone.waves.isEmpty
        let isStaircase = runs && bars.count + 6 <= rows
        return [heading(zone), ""] + (isStaircase ? staircase(zone.zone) : row(zone.zone)) + ["", footing(zone.zone)]
    }

    private func heading(_ zone: ZoneState) -> StyledLine {
        let (light, reason) = zone.asOneLight(at: now)
        let isAsleep = observer.presence.sleeps(SiteSnapshot.nodes(of: zone.zone))
        let why: String
        switch reason {
        case _ where isAsleep: why = "asleep"
        case .idle: why = "dark"
        case .motion:
            let who = zone.activation.map { "motion at \($0.origin)" } ?? "motion"
            let left =
                zone.activation?.end.map { ", off in \(max(0, Int(($0 - now).seconds.rounded(.up)))) s" }
                ?? ", still seen"
            why = who + left
        case .manual: why = light.lightness > .dark ? "on by command" : "off by command"
        }
        let title = Style.bold.paint(name, if: colourful)
        let level =
            light.lightness > .dark && !isAsleep
            ? "  \(Int((light.lightness.value * 100).rounded())) % \(light.colour.text)" : ""
        return "\(title)  \(why)\(Style.dim.paint(level, if: colourful))"
    }

    private func staircase(_ zone: Zone) -> [StyledLine] {
        let label = (bars.map(\.place.count).max() ?? 0) + 8
        let step = max(1, min(4, (columns - label - 14) / max(1, bars.count)))
        let width = max(6, min(16, columns - label - step * bars.count))
        var lines: [StyledLine] = []
        for (index, bar) in bars.enumerated().reversed() {
            let indent = StyledLine(String(repeating: " ", count: 2 + index * step))
            lines.append(indent + paint(bar, width: width) + "  " + caption(bar))
        }
        let first = sensors(of: zone, at: 0)
        let last = sensors(of: zone, at: bars.count - 1)
        let top = StyledLine(String(repeating: " ", count: 2 + bars.count * step)) + last.joined(separator: "  ")
        return (last.isEmpty ? [] : [top]) + lines + (first.isEmpty ? [] : ["  " + first.joined(separator: "  ")])
    }

    private func row(_ zone: Zone) -> [StyledLine] {
        let width = max(1, min(8, (columns - 4) / max(1, bars.count) - 1))
        let perLine = max(1, (columns - 4) / (width + 1))
        let lines = stride(from: 0, to: bars.count, by: perLine).map { start in
            "  " + bars[start..<min(bars.count, start + perLine)].map { paint($0, width: width) }.joined(separator: " ")
        }
        let all = zone.sensors.keys.sorted().map(eye)
        return lines + (all.isEmpty ? [] : ["  " + all.joined(separator: "  ")])
    }

    private func paint(_ bar: MeshObserver.Bar, width: Int) -> StyledLine {
        guard bar.isOnline else {
            return Style.dim.paint(String(repeating: isAsleep(bar) ? "·" : "×", count: width), if: colourful)
        }
        return colourful ? Paint.bar(bar.light, width: width) : Paint.grey(bar.light, width: width)
    }

    private func caption(_ bar: MeshObserver.Bar) -> StyledLine {
        let level = bar.light.lightness > .dark ? " \(Int((bar.light.lightness.value * 100).rounded())) %" : ""
        let state = bar.isOnline ? level : isAsleep(bar) ? " asleep" : " offline"
        return Style.dim.paint(bar.place + state, if: colourful)
    }

    private func isAsleep(_ bar: MeshObserver.Bar) -> Bool {
        Name.place(bar.place).map { observer.presence.sleeps($0.node) } ?? false
    }

    private func sensors(of zone: Zone, at index: Int) -> [StyledLine] {
        zone.sensors.filter { $0.value.index(in: zone.bars) == index }.keys.sorted().map(eye)
    }

    /// A sensor that sees somebody has its eye open.
    private func eye(_ sensor: String) -> StyledLine {
        let message = observer.sensors[sensor]
        let seen = message.map { $0.motion || (now - MeshInstant(nanoseconds: $0.lastMotion)) < .seconds(1) } ?? false
        return seen ? Style.green.paint("● " + sensor, if: colourful) : Style.dim.paint("○ " + sensor, if: colourful)
    }

    /// How together the last activation's first lights were.
    private func footing(_ zone: Zone) -> StyledLine {
        let first = bars.compactMap { bar in observer.report(of: bar.place)?.firstLight.map { (bar.place, $0) } }
        guard let latest = first.map(\.1.activation).max() else { return "" }
        let deviations = first.filter { $0.1.activation == latest }.map {
            ($0.0, $0.1.deviationMilliseconds)
        }
        guard let worst = deviations.max(by: { abs($0.1) < abs($1.1) }) else { return "" }
        let text =
            "first light of the last activation: \(deviations.count) of \(bars.count) bars, "
            + "the latest \(Milliseconds.text(worst.1)) ms off its plan (\(worst.0))"
        return Style.dim.paint(text, if: colourful)
    }
}

/// Milliseconds with two decimals.
enum Milliseconds {
    static func text(_ value: Double) -> String {
        guard let hundredths = Int(exactly: (value * 100).rounded()) else { return "\(value)" }
        let rest = hundredths.magnitude % 100
        return "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
