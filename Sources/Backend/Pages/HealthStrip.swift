/// A node's health over a time, drawn as a strip: what is unhealthy stands high, what nobody could tell half as high.
struct HealthStrip: Sendable, Equatable {
    /// How a status is drawn. Words of later versions say nothing.
    enum Look: String, Sendable {
        case good
        case bad
        case unknown

        init(_ status: String) {
            self =
                switch status {
                case "Healthy": .good
                case "Unhealthy": .bad
                default: .unknown
                }
        }
    }

    /// A part of the strip.
    struct Part: Sendable, Equatable {
        var from: Int64
        var to: Int64
        var look: Look
    }

    let from: Int64
    let to: Int64
    private(set) var parts: [Part] = []

    /// A strip of what was found by its beginning, and of the words since, the oldest first.
    init(from: Int64, to: Int64, state: String?, words: [HealthRow]) {
        self.from = from
        self.to = to
        var present = state.map { (from, Look($0)) }
        for word in words where word.at < to {
            end(present, at: word.at)
            present = (max(from, word.at), Look(word.status))
        }
        end(present, at: to)
    }

    private mutating func end(_ state: (Int64, Look)?, at instant: Int64) {
        guard let state, instant > state.0 else { return }
        if let last = parts.last, last.look == state.1, last.to == state.0 {
            parts[parts.count - 1].to = instant
        } else {
            parts.append(Part(from: state.0, to: instant, look: state.1))
        }
    }

    /// For how long it was so.
    func time(_ look: Look) -> Int64 { parts.filter { $0.look == look }.reduce(0) { $0 + $1.to - $1.from } }

    /// What the strip shows, in words.
    var words: String {
        let known = parts.reduce(0) { $0 + $1.to - $1.from }
        guard known > 0 else { return "nothing is known" }
        let texts = [(Look.bad, "Unhealthy"), (.unknown, "unobservable")].compactMap { look, name in
            time(look) > 0 ? "\(name) for \(PageTime.span(time(look)))" : nil
        }
        return texts.isEmpty ? "Healthy throughout" : texts.joined(separator: ", ")
    }

    var html: HTML {
        // In thousandths of the time; what is shorter than one is drawn as one.
        func place(_ instant: Int64) -> Int64 { (instant - from) / max(1, (to - from) / 1000) }
        let rects = parts.map { part -> HTML in
            let (x, width) = (place(part.from), max(1, place(part.to) - place(part.from)))
            let (y, height) =
                switch part.look {
                case .good: (15, 5)
                case .unknown: (9, 11)
                case .bad: (0, 20)
                }
            return
                "<rect class=\"\(part.look.rawValue)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\"/>"
        }
        return """
            <svg class="strip" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="\(words)">\(rects)</svg>
            """
    }
}
