internal import Lighting

extension BarState {
    /// Checks what must hold of a bar after every event.
    ///
    /// - Returns: what doesn't hold, the first that was found; nil: all does.
    func checkInvariants() -> String? {
        if zip(parts, parts.dropFirst()).contains(where: { $0.zone >= $1.zone }) {
            return "its parts aren't in the order of their zones"
        }
        if let part = parts.first(where: \.isReplanned) { return "it follows another plan than \(part.zone)'s" }
        let next = parts.compactMap(\.nextChange).min() ?? .distantFuture
        if next < .distantFuture, nextCue.map({ $0 > next }) ?? true {
            return "its next cue is forgotten"
        }
        return nil
    }
}
