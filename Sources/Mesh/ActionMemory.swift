/// The actions that a node has done and those that it is doing: each is done once, however often it is asked for.
public struct ActionMemory: Sendable {
    /// How many ids are remembered after their actions were done, and of these how many beyond a restart.
    private static let length = 32
    /// How many actions whose doing takes a while may be under way.
    private static let maximumUnderWay = 8

    /// What the next start is told: the actions that were obeyed, by their ids, the latest last.
    struct Record: Codable, Hashable {
        var ids: [String]
    }

    private(set) var recent: [String] = []
    private(set) var underWay: [String] = []
    private var obeyed: [String] = []

    /// A memory of no actions: none was ever done.
    public init() {}

    /// Takes note of an action.
    ///
    /// - Parameter isProbe: probes come for ever, and to do one twice is no harm: they don't push others out.
    /// - Returns: whether it is to be done; false: it was, or is being done.
    public mutating func take(_ id: String, isProbe: Bool) -> Bool {
        guard !underWay.contains(id), !recent.contains(id), !obeyed.contains(id) else { return false }
        if !isProbe { recent = recent.suffix(ActionMemory.length - 1) + [id] }
        return true
    }

    /// It is obeyed, and must not be by the next start of the agent.
    ///
    /// - Returns: what the next start is to be told.
    mutating func obey(_ id: String) -> Record {
        obeyed = obeyed.suffix(ActionMemory.length - 1) + [id]
        return Record(ids: obeyed)
    }

    /// What an earlier start obeyed isn't obeyed again.
    mutating func recall(_ record: Record) {
        obeyed = Array((record.ids.filter { $0.utf8.count <= 64 } + obeyed).suffix(ActionMemory.length))
    }

    /// Its doing takes a while.
    ///
    /// - Returns: why it can't be.
    public mutating func begin(_ id: String) -> String? {
        guard underWay.count < ActionMemory.maximumUnderWay else { return "\(underWay.count) actions are under way" }
        underWay.append(id)
        return nil
    }

    /// Its doing has come to an end.
    ///
    /// - Returns: whether it was under way.
    public mutating func end(_ id: String) -> Bool {
        guard let index = underWay.firstIndex(of: id) else { return false }
        underWay.remove(at: index)
        return true
    }

    /// Whether it is being done.
    func isUnderWay(_ id: String) -> Bool { underWay.contains(id) }
}
