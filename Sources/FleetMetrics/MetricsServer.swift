public import Fleet
internal import HTTPTypes
internal import Hummingbird
public import Lighting
internal import Logging
internal import Mesh
internal import Synchronization
internal import WebServer

/// A fleet over HTTP, for whoever watches: `/metrics` for Prometheus, `/health` for load balancers and people.
public final class MetricsServer: Sendable {
    /// After how long it tries again where its address was taken.
    private static let pause = Duration.seconds(10)

    private let host: String
    private let port: Int
    private let health: HealthPolicy
    private let view: @Sendable () -> FleetView
    private let tally: Mutex<ActivityTally>
    private let log = Logger(label: "http")

    /// A server for `host` and `port` that answers by what `view` returns when it is asked.
    public init(
        host: String, port: Int, health: HealthPolicy, since start: MeshInstant,
        view: @escaping @Sendable () -> FleetView
    ) {
        self.host = host
        self.port = port
        self.health = health
        self.view = view
        tally = Mutex(ActivityTally(since: start))
    }

    /// Serves until the task is cancelled. Where the address can't be had, that is said, and tried again: nodes are looked
    /// after all the same.
    public func run() async {
        var quiet = log
        quiet.logLevel = .warning
        while !Task.isCancelled {
            let application = Application(
                router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
                onServerRunning: { [log, host, port] _ in log.info("/metrics and /health at http://\(host):\(port)") },
                logger: quiet)
            do {
                try await application.run()
                return
            } catch is CancellationError {
                return
            } catch {
                log.error(
                    "http.listen \(host):\(port): \(error); free that address or name another; tried again in 10 s")
                try? await Task.sleep(for: MetricsServer.pause)
            }
        }
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("/metrics") { [self] _, _ in
            Response(.ok, "text/plain; version=0.0.4; charset=utf-8", Array(metrics.utf8))
        }
        router.get("/health") { [self] _, _ in
            let answer = FleetHealthAnswer(view())
            return Response(
                answer.status == .fail ? .serviceUnavailable : .ok, "application/health+json", JSON.encode(answer))
        }
        return router
    }

    /// All metrics as they are now.
    private var metrics: String {
        let view = view()
        let tally = tally.withLock { tally in
            tally.count(view.groups)
            return tally
        }
        return FleetExposition(view: view, health: health, tally: tally).text
    }
}
