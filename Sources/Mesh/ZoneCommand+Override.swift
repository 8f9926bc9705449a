internal import Lighting

extension ZoneCommand {
    /// What becomes of it from `start` on, in a zone where things stand as they do.
    ///
    /// - Parameters:
    ///   - zone: nil: nothing is known of it.
    ///   - bar: the bar that it is for, as the hardware that fills its place is called; nil: all of them.
    func override(from start: MeshInstant, in zone: ZoneState?, bar: String?) -> Override {
        let inForce = zone?.command(over: bar, at: start)
        var made = Override(mode: .auto, start: start, until: duration.map { start + $0 }, ease: ease)
        switch mode {
        case .auto: break
        case .off: made.mode = .off
        case .on(let brightness, let colour):
            made.mode = .on(brightness: brightness, colour: colour)
            guard case .on(let known, let knownColour)? = inForce?.mode else { break }
            made.mode = .on(brightness: brightness ?? known, colour: colour ?? knownColour)
            // Who dims what burns for ten minutes doesn't ask for more of them.
            if duration == nil, brightness != nil || colour != nil { made.until = inForce?.until }
        case .toggle:
            if zone?.isOn(bar, at: start) == true {
                made.mode = .off
            } else if zone?.isHeld(at: start) == true, inForce?.mode == .off {
                // Somebody is there, whose light was put out.
                made.mode = .auto
            } else {
                made.mode = .on(brightness: nil, colour: nil)
            }
        }
        return made
    }
}
