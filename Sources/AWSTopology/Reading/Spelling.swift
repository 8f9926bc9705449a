/// Finds the word that was probably meant.
enum Spelling {
    /// The word of `words` nearest to `word`, by no more than a third of its letters; nil for none.
    static func nearest(to word: String, in words: some Sequence<String>) -> String? {
        let near = words.map { (distance($0.lowercased(), word.lowercased()), $0) }
            .filter { $0.0 <= max(1, word.count / 3) }
        return near.min { $0 < $1 }?.1
    }

    /// The edit distance of Levenshtein; of long words only the first 64 letters count.
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.unicodeScalars.prefix(64))
        let b = Array(b.unicodeScalars.prefix(64))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}
