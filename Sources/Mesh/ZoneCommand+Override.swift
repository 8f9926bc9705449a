internal import Lighting

extension ZoneCommand {
    /// What becomes of it from `start` on, in a zone where things stand as they do.
    ///
    /// - Parameters:
    ///   - zone: nil: nothing is known of it.
    ///   - bar: the bar that it is for, as the hardware that fills its place is called; nil: all of them.
    func override(from start: MeshInstant, in zone: ZoneState?, bar: String?) -> Override {
        let inForce = zone?.command(over: bar, at: start)
        let manual = zone?.zone.manual ?? ManualEndings()
        var made = Override(mode: .auto, start: start, ease: ease)
        switch mode {
        case .auto: break
        case .off: made.mode = .off
        case .on(let brightness, let colour):
            made.mode = .on(brightness: brightness, colour: colour)
            guard case .on(let known, let knownColour)? = inForce?.mode else { break }
            made.mode = .on(brightness: brightness ?? known, colour: colour ?? knownColour)
            // Who dims what burns for ten minutes doesn't ask for more of them.
            guard ending == nil, brightness != nil || colour != nil else { break }
            made.ends = inForce?.ends
            made.until = made.ends == nil ? inForce?.until : nil
            return made
        case .toggle:
            if zone?.isOn(bar, at: start) == true {
                made.mode = .off
            } else if zone?.isHeld(at: start) != true || inForce?.mode != .off {
                made.mode = .on(brightness: nil, colour: nil)
            }
        // Else somebody is there, whose light was put out: that is left to the sensors.
        }
        guard made.mode != .auto else { return made }
        switch ending ?? (made.mode == .off ? manual.off : manual.on) {
        case .never: break
        case .after(let time): made.until = start + time
        case .absence(let absence): made.ends = absence
        }
        return made
    }
}
