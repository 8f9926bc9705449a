internal import Logging
internal import Platform
internal import ServiceLifecycle

/// Keeps summaries up to date, while the server runs: what was added shows within seconds, and a backlog takes a fifth of the
/// time.
struct SummaryKeeper: Service {
    private static let idle = Duration.seconds(1)
    private static let afterFailure = Duration.seconds(10)

    let store: any RecordStore
    let log: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var trouble: String?
            while !Task.isCancelled {
                let start = MonotonicClock.now
                var pause = SummaryKeeper.idle
                do {
                    let progress = try await store.summarise()
                    for fault in progress.faults { log.error("\(fault)") }
                    if progress.isMore { pause = .zero }
                    trouble = nil
                } catch {
                    // Said once: a store that is away is told of by others too.
                    if trouble != "\(error)" { log.warning("summaries wait: \(error)") }
                    trouble = "\(error)"
                    pause = SummaryKeeper.afterFailure
                }
                // Also where one quarter of an hour takes long, or fails after a while: whoever hands over comes first.
                let took = Duration.nanoseconds(MonotonicClock.now - start)
                try await Task.sleep(for: max(pause, min(took * 4, .seconds(120))))
            }
        }
    }
}
