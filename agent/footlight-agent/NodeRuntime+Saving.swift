internal import Configuration
internal import Logging
internal import Mesh
internal import Node

extension NodeRuntime {
    /// When something is to be written to disk, on the monotonic clock.
    var savingDue: Int64 { min(cache?.nextDue ?? .max, memory?.nextDue ?? .max) }

    /// Begins to write what is due, and looks what came of it.
    func saveIfDue(at now: Int64) {
        if let cache, cache.nextDue <= now, let news = cache.attend(at: now) { say(news) }
        if let memory, memory.nextDue <= now, let news = memory.attend(at: now) { say(news) }
        guard machine.awaitsSaving, cache?.isSaved ?? true || cache?.failure != nil else { return }
        tell(.node(.saved), at: now)
    }

    /// The agent ends: what isn't written is, here and now.
    func saveAll() {
        for failure in [cache?.finish(), memory?.finish()] {
            if let why = failure ?? nil { log.warning("what is known can't be kept for the next start: \(why)") }
        }
    }

    /// As checks of a health report, while something can't be saved.
    func savingChecks(at now: Int64) -> [HealthMessage.Check] {
        guard let failure = cache?.failure ?? memory?.failure else { return [] }
        return [
            .init(
                .cache, healthy: false, value: Double(max(0, now - failure.since)) / 1e9,
                detail:
                    "\(failure.reason); a start without a broker would go by what was saved before that; make room, "
                    + "it is tried again")
        ]
    }

    private func say(_ news: KeptFile.News) {
        switch news {
        case .failed(let why): log.warning("what is known can't be kept for the next start: \(why); tried again")
        case .recovered: log.notice("what is known is kept for the next start again")
        }
    }
}
