internal import Mesh

extension MeshClockFigures {
    /// The figures as checks of a health report.
    var checks: [HealthMessage.Check] {
        let milliseconds = { (seconds: Double) in seconds * 1000 }
        var checks: [HealthMessage.Check] = [
            .init(
                "clock", healthy: state != .unsynchronised, value: milliseconds(correctionSeconds), unit: "ms offset",
                detail: state.rawValue + (reference.map { ", by \($0)" } ?? "")),
            .init("system clock", healthy: true, value: -offsetSeconds, unit: "s ahead of mesh time"),
            .init("clock drift", healthy: true, value: driftPartsPerMillion, unit: "ppm"),
        ]
        if let errorBoundSeconds {
            checks.append(
                .init(
                    "clock error bound", healthy: errorBoundSeconds < 0.05, value: milliseconds(errorBoundSeconds),
                    unit: "ms",
                    detail: errorBoundSeconds < 0.05
                        ? nil
                        : "its way to the mesh's time is slow or lopsided; wire it, move it nearer to its access point, "
                            + "or look what else loads the network"))
        }
        if let lowestDelaySeconds {
            checks.append(
                .init("clock lowest delay", healthy: true, value: milliseconds(lowestDelaySeconds), unit: "ms"))
        }
        return checks
    }
}
