internal import Configuration
internal import Glibc
internal import Platform

/// An update that isn't proved yet. Until the new agent has lived for a while, a file says how to go back to the one
/// before; `footlight-go-back`, which runs before each start and needs no agent, finds it if the new one dies.
struct UpdateTrial {
    /// For how long the new agent must have been connected.
    private static let proof: Int64 = 10_000_000_000
    /// For how long it must have lived where no broker is to be had.
    private static let patience: Int64 = 600_000_000_000
    /// How often to look.
    private static let pace: Int64 = 1_000_000_000

    private let path: String?
    private let began: Int64
    private var isOn: Bool
    private var connectedSince: Int64?
    /// When to look again, on the monotonic clock.
    private(set) var due: Int64

    /// - Parameter directory: where the file is; nil: there is no way back.
    init(directory: String?, at now: Int64) {
        path = directory.map { "\($0)/update-on-trial" }
        began = now
        isOn = path.flatMap(WholeFile.read) != nil
        due = isOn ? now : .max
    }

    /// Looks how the new agent does.
    ///
    /// - Returns: whether it has just been proved.
    mutating func look(isConnected: Bool, at now: Int64) -> Bool {
        guard isOn else { return false }
        due = now + UpdateTrial.pace
        connectedSince = isConnected ? connectedSince ?? now : nil
        let isProved = connectedSince.map { now - $0 >= UpdateTrial.proof } ?? false
        guard isProved || now - began >= UpdateTrial.patience else { return false }
        end()
        return true
    }

    /// It is as good as proved: it lives, and ends because it was told to.
    mutating func end() {
        guard isOn, let path else { return }
        isOn = false
        due = .max
        unlink(path)
    }

    /// Another agent is about to take over.
    ///
    /// - Parameter wayBack: the program that goes back to this one, with its arguments.
    /// - Returns: why there will be no way back.
    func begin(wayBack: [String]) -> String? {
        guard let path else { return "there is no state directory; name one as state" }
        if wayBack.contains(where: { $0.utf8.contains(0x0a) }) { return "the update command has a line feed in it" }
        return WholeFile.replace(path, with: Array(wayBack.map { $0 + "\n" }.joined().utf8))
    }
}
