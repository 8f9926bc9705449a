internal import Lighting

/// What is to be added to mesh time for the time of day: what holds, what will, and whose clock says so.
///
/// All who go by one reference go by its word, and take up another at one instant. The reference goes by its own system
/// clock where that is kept, else by what those who ask it say of theirs.
struct CivilTime: Sendable {
    /// What a reference says.
    struct Word: Sendable, Hashable {
        /// What is to be added, nanoseconds.
        var correction: Int64
        /// From when on, nanoseconds of mesh time; 0 from a node of an older release, which says no instant.
        var from: Int64
        /// The node whose system clock says so.
        var by: String
    }

    /// Clocks that differ by no more, a second, show the same time of day.
    static let tolerance: Int64 = 1_000_000_000
    /// How long before it holds a word is said: by then it has come to all, also over two links of a Wi-Fi that sleeps for 2 s.
    static let lead: Int64 = 5_000_000_000
    /// How long after a reference took over who went by another is with it: a question within 4 s, 20 s of answers, and two
    /// links that sleep. No word of its own holds before that: it would for some only.
    static let gathering: Int64 = 30_000_000_000
    /// No word holds from later than this on, a minute from now.
    static let maximumLead: Int64 = 60_000_000_000
    /// How long one who hasn't said the time of day again still counts before others: more than four questions at rest.
    static let witnessTime: Int64 = 300_000_000_000

    private(set) var inForce: Word?
    /// What will hold, in that order: one that was said holds for all at its instant, also where another follows it.
    private var coming: [Word] = []
    /// How many of them are kept.
    static let maximumComing = 4
    /// Who of those who ask a reference is listened to, and when it last told, monotonic.
    private var witness: (name: String, at: Int64)?

    /// What was said last.
    var newest: Word? { coming.last ?? inForce }
    /// When what was said last will hold, nanoseconds of mesh time; nil: it does.
    var due: Int64? { coming.first?.from }

    /// What comes into force before what was said last.
    var between: [Word] { coming.dropLast() }

    /// Whether a clock that shows `mesh` and `correction` more shows an instant that can be.
    static func isPlausible(_ correction: Int64, at mesh: Int64) -> Bool {
        let (sum, overflow) = mesh.addingReportingOverflow(correction)
        let range = MeshInstant.distantPast.nanoseconds...MeshInstant.distantFuture.nanoseconds
        return !overflow && range.contains(sum) && correction.magnitude <= range.upperBound.magnitude
    }

    /// Mesh time is another: what was said of it is void.
    ///
    /// - Parameters:
    ///   - words: what holds from their instants on, in that order.
    ///   - former: what holds until then.
    mutating func begin(with words: [Word] = [], former: Word? = nil) {
        inForce = former
        coming = words
        witness = nil
    }

    /// Takes up what the node whose time it is says.
    mutating func hear(_ word: Word) {
        if word.from == 0, let newest, !CivilTime.differ(newest.correction, word.correction) { return credit(word.by) }
        if let inForce, coming.isEmpty, inForce.correction == word.correction { return credit(word.by) }
        // Late, and another holds already that was said after it.
        if let inForce, word.from > 0, word.from < inForce.from { return }
        expect(word)
    }

    private mutating func expect(_ word: Word) {
        coming.removeAll { $0.from == word.from }
        coming.append(word)
        coming.sort { $0.from < $1.from }
        if coming.count > CivilTime.maximumComing { coming.removeFirst() }
    }

    /// Another node's time is gone by from now on, which says this.
    ///
    /// - Parameters:
    ///   - words: what holds from their instants on, in that order.
    ///   - former: what holds until then.
    mutating func change(to words: [Word], former: Word?, at mesh: Int64) {
        coming = []
        witness = nil
        guard let word = words.last else {
            inForce = nil
            return
        }
        let isSame = inForce.map {
            $0.correction == word.correction && word.from <= mesh
                || word.from == 0 && !CivilTime.differ($0.correction, word.correction)
        }
        if isSame ?? false, let inForce {
            // What was said by the time gone by before tells nothing of what is said by this one.
            self.inForce = Word(correction: inForce.correction, from: word.from, by: word.by)
            return
        }
        // What comes into force later doesn't hold for the others yet.
        if word.from > mesh { inForce = former }
        coming = words
    }

    /// Says `correction` at `mesh`, on the word of `node`'s system clock, from `lead` later on.
    ///
    /// - Returns: whether that is news.
    mutating func say(_ correction: Int64, by node: String, at mesh: Int64, lead: Int64 = CivilTime.lead) -> Bool {
        guard CivilTime.isPlausible(correction, at: mesh) else { return false }
        if let newest, !CivilTime.differ(newest.correction, correction) {
            credit(node)
            return false
        }
        // A reference is brought to its own clock where that is so near.
        let isNone = newest == nil && !CivilTime.differ(correction, 0)
        // In the stead of one that all will have heard to be revised before it holds.
        let due = coming.last.map(\.from) ?? .min
        let from = due >= mesh &+ CivilTime.lead ? due : mesh &+ lead
        expect(Word(correction: isNone ? 0 : correction, from: from, by: node))
        return true
    }

    /// Whether a reference listens to `asker`: unless another told of late who is there, and stands before it.
    mutating func admits(
        _ asker: String, at monotonic: Int64, isPreferred: (_ asker: String, _ other: String) -> Bool
    ) -> Bool {
        if let witness, witness.name != asker, monotonic &- witness.at < CivilTime.witnessTime,
            !isPreferred(asker, witness.name)
        {
            return false
        }
        witness = (asker, monotonic)
        return true
    }

    /// One who asks doesn't know the time of day, or no more: others may.
    mutating func dismiss(_ asker: String) { if witness?.name == asker { witness = nil } }

    /// Mesh time is `mesh` now.
    mutating func advance(to mesh: Int64) {
        while let word = coming.first, word.from <= mesh {
            inForce = word
            coming.removeFirst()
        }
    }

    /// Whether two corrections show different times of day.
    static func differ(_ one: Int64, _ other: Int64) -> Bool {
        let (difference, overflow) = one.subtractingReportingOverflow(other)
        return overflow || difference.magnitude > tolerance.magnitude
    }

    private mutating func credit(_ node: String) {
        if coming.isEmpty { inForce?.by = node } else { coming[coming.count - 1].by = node }
    }
}
