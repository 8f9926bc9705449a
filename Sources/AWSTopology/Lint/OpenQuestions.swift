internal import Synchronization

/// The questions that rules asked of a topology and that the file doesn't answer.
///
/// A class, so that a question can be noted where it is asked; the lock is for the sake of `Sendable`, rules being
/// applied one after the other.
final class OpenQuestions: Sendable {
    private let asked = Mutex<Set<UnresolvedValue>>([])

    func note(_ value: UnresolvedValue) { asked.withLock { _ = $0.insert(value) } }

    /// Those noted, by resource and property.
    var all: [UnresolvedValue] {
        asked.withLock { $0 }.sorted {
            ($0.resource, $0.property, $0.expression) < ($1.resource, $1.property, $1.expression)
        }
    }
}
