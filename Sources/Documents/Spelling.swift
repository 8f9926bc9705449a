/// Guesses at the word that somebody meant who wrote another.
public enum Spelling {
    /// The candidate nearest to `text`, if any is so near that it was probably meant.
    public static func nearest(to text: String, in candidates: some Collection<String>) -> String? {
        guard text.utf8.count <= 64, candidates.count <= 1000 else { return nil }
        let folded = text.lowercased()
        let most = max(1, min(3, text.utf8.count / 3))
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where abs(candidate.utf8.count - text.utf8.count) <= most {
            let distance = distance(Array(folded.utf8), Array(candidate.lowercased().utf8))
            if distance <= most, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        if let best { return best.candidate }
        guard text.utf8.count >= 3 else { return nil }
        return candidates.first { $0.lowercased().hasPrefix(folded) || folded.hasPrefix($0.lowercased()) }
    }

    /// How many letters must be put in, left out, replaced, or swapped with the next, to make `b` of `a`.
    ///
    /// - Source: F. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964),
    ///   in the form of optimal string alignment.
    package static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var before: [Int] = []
        var above = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                row.append(cost)
            }
            (before, above) = (above, row)
        }
        return above[b.count]
    }
}
