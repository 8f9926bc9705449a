internal import Hardware
internal import Mesh

/// What of the board spoils being on time.
enum Punctuality {
    /// As checks of a health report.
    static var checks: [HealthMessage.Check] {
        var checks: [HealthMessage.Check] = [
            .init(
                .realTimePriority, healthy: true, value: RealTime.isGranted ? 1 : 0,
                detail: RealTime.isGranted
                    ? RealTime.isInForce ? nil : "works off a backlog at ordinary priority meanwhile"
                    : "frames may be late while the board is busy; let it: LimitRTPRIO=50 in its unit, as installed")
        ]
        for interface in WiFi.interfaces() where WiFi.isSavingPower(interface) == true {
            checks.append(
                .init(
                    .wifiPowerSaving, healthy: false, value: 1,
                    detail: "\(interface) sleeps between messages, up to 2 s; turn it off: "
                        + "iw dev \(interface) set power_save off"))
        }
        return checks
    }
}
