internal import Mesh

extension MeshClockFigures {
    /// The figures as checks of a health report.
    ///
    /// - Parameter hasProfiles: whether light goes by the time of day.
    func checks(hasProfiles: Bool) -> [HealthMessage.Check] {
        let milliseconds = { (seconds: Double) in seconds * 1000 }
        var checks: [HealthMessage.Check] = [
            .init(
                .clock, healthy: state != .unsynchronised, value: milliseconds(correctionSeconds),
                detail: state.rawValue + (reference.map { ", by \($0)" } ?? "")),
            .init(.systemClock, healthy: true, value: -offsetSeconds),
            .init(.clockDrift, healthy: true, value: driftPartsPerMillion),
        ]
        let unknown =
            hasProfiles
            ? "nobody is known to have it: profiles go by the clock of \(reference ?? "this board"), which nothing keeps; "
                + "let a node of the site reach a time server"
            : "not known, and not needed"
        checks.append(
            .init(
                .timeOfDay, healthy: civilSource != nil || !hasProfiles, value: civilSeconds,
                detail: civilSource.map { "from \($0)" } ?? unknown))
        if let errorBoundSeconds {
            checks.append(
                .init(
                    .clockErrorBound, healthy: errorBoundSeconds < 0.05, value: milliseconds(errorBoundSeconds),
                    detail: errorBoundSeconds < 0.05
                        ? nil
                        : "its way to the mesh's time is slow or lopsided; wire it, move it nearer to its access point, "
                            + "or look what else loads the network"))
        }
        if let lowestDelaySeconds {
            checks.append(
                .init(.clockLowestDelay, healthy: true, value: milliseconds(lowestDelaySeconds)))
        }
        return checks
    }
}
