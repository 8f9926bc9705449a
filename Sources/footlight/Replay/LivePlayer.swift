internal import Glibc
internal import Lighting
internal import MQTT
internal import Mesh
internal import Replay

/// Plays motion on the running mesh: each motion triggers a sensor for as long as it lasted, all of it so many times
/// faster.
struct LivePlayer: Sendable {
    /// A trigger later than this has no meaning any more.
    private static let lifetime = Duration.seconds(10)

    let pulses: [MotionPulse]
    /// Which sensor of the mesh each of the log's is.
    let places: [String]
    let speed: Double

    /// Plays until the end, or until Ctrl-C.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func play(on options: SiteOptions, named site: String?) async throws {
        try await options.withSite(of: site) { session in
            let tally = LiveTally()
            let nodes = Set(places.compactMap { Name.place($0)?.node }).sorted()
            let answers = try await session.client.messages(
                nodes.map { Topic.result(node: $0).name(site: session.site) })
            await withTaskGroup(of: LiveTally.Ending?.self) { group in
                group.addTask {
                    do {
                        for try await answer in answers { await tally.take(answer) }
                        return nil
                    } catch {
                        return .failed(error)
                    }
                }
                group.addTask {
                    await Interruption.wait()
                    return .interrupted
                }
                group.addTask { await triggers(session, tally) }
                while let ending = await group.next() {
                    guard let ending else { continue }
                    await tally.end(ending)
                    break
                }
                group.cancelAll()
            }
            try await tally.report(of: pulses.count)
        }
    }

    private func triggers(_ session: SiteSession, _ tally: LiveTally) async -> LiveTally.Ending {
        guard let first = pulses.first, let last = pulses.last else { return .done }
        let start = ContinuousClock.now
        do {
            for (number, pulse) in pulses.enumerated() {
                let due = start + (pulse.start - first.start) / speed
                while ContinuousClock.now < due {
                    let left = start + (last.start - first.start) / speed - ContinuousClock.now
                    await tally.show(number, of: pulses.count, at: pulse, until: due - ContinuousClock.now, left: left)
                    try await Task.sleep(until: min(due, .now + .seconds(1)), clock: .continuous)
                }
                try Task.checkCancellation()
                try await trigger(pulse, session, tally)
            }
            // The last answers.
            try await Task.sleep(for: .milliseconds(500))
            return .done
        } catch is CancellationError {
            return .interrupted
        } catch {
            return .failed(error)
        }
    }

    private func trigger(_ pulse: MotionPulse, _ session: SiteSession, _ tally: LiveTally) async throws {
        guard let place = Name.place(places[pulse.sensor]), let sensor = place.part else { return }
        let id = SiteSession.newID()
        let length = min(pulse.length / speed, .seconds(3600))
        let message = ActionMessage(
            action: "trigger", id: id,
            expires: (MeshInstant(nanoseconds: Int64(time(nil)) * 1_000_000_000) + LivePlayer.lifetime).nanoseconds,
            sensor: sensor,
            seconds: length.seconds)
        await tally.ask(id, places[pulse.sensor], pulse, for: length)
        try await session.client.publish(
            MQTTMessage(
                topic: Topic.action(node: place.node).name(site: session.site), payload: JSON.encode(message),
                expirySeconds: UInt32(LivePlayer.lifetime.components.seconds)))
    }
}
