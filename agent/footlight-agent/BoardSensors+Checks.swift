internal import Hardware
internal import Mesh

extension BoardSensors {
    /// As checks of a health report. `path`: where the agent writes.
    func checks(of path: String) -> [HealthMessage.Check] {
        var checks: [HealthMessage.Check] = []
        if let free = freePercentage(at: path) {
            checks.append(.init(.disk, healthy: free >= 2, value: free, detail: path))
        }
        if let temperature { checks.append(.init(.temperature, healthy: true, value: temperature)) }
        if let isUnderVoltage {
            checks.append(
                .init(
                    .underVoltage, healthy: !isUnderVoltage, value: isUnderVoltage ? 1 : 0,
                    detail: isUnderVoltage ? "the supply or its cable is too weak: 5 V fell below 4.63 V" : nil))
        }
        return checks
    }
}
