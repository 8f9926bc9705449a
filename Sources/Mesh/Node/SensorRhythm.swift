internal import Lighting

/// How long a sensor is usually quiet between two motions, so that it is seen when it is so for unusually long.
struct SensorRhythm: Sendable, Hashable {
    /// So many pauses must be known before any is unusual.
    static let leastPauses = 20
    /// A pause is unusual from so many times the longest that there was, on…
    static let factor = 3
    /// …and no sooner than this: a night, a weekend.
    static let leastPause = Duration.seconds(72 * 3600)

    private var pauses = 0
    private var longest = Duration.zero
    private var last: MeshInstant?

    /// Motion began.
    mutating func moved(at now: MeshInstant) {
        if let last, now > last {
            pauses += 1
            longest = max(longest, now - last)
        }
        last = now
    }

    /// Mesh time jumped.
    mutating func shift(by step: Duration) { last = last.map { $0 + step } }

    /// For how long it has been quiet, if that is unusual; nil otherwise.
    func unusualSilence(at now: MeshInstant) -> Duration? {
        guard let last, pauses >= SensorRhythm.leastPauses else { return nil }
        return now - last >= max(longest * SensorRhythm.factor, SensorRhythm.leastPause) ? now - last : nil
    }
}

extension SensorState {
    /// The sensor in a health report. That it is quiet for unusually long is told apart: it may be that nobody is there.
    func checks(since started: MeshInstant, at now: MeshInstant) -> [HealthMessage.Check] {
        let name = description.name
        var checks = [
            HealthMessage.Check(
                .sensor, of: name, healthy: failure == nil && fault == nil,
                value: lastMotion == .distantPast ? -1 : (now - lastMotion).seconds,
                detail: failure ?? fault)
        ]
        if let silence = rhythm.unusualSilence(at: now) {
            checks.append(
                .init(
                    .silence, of: name, healthy: false, value: silence.seconds / 3600,
                    detail: "has seen nothing for unusually long; does it still see its way?"))
        }
        return checks + topicChecks(since: started, at: now)
    }
}
