internal import Configuration
internal import Hardware
internal import Mesh

extension NodeRuntime {
    /// What the sensors on GPIO lines have to tell, as of the kernel's stamps.
    func sense(at now: Int64) {
        for (sensor, report) in gpioSensors.attend(at: now) {
            switch report {
            case .motion(let seen, let instant): handle(.motion(sensor: sensor, seen: seen), of: instant, at: now)
            case .idle:
                handle(.heard(sensor: sensor, SensorHearing(isAlive: true)), at: now, redraws: false)
            case .fault(let reason): handle(.sensor(sensor, fault: reason), at: now)
            }
        }
    }
}

extension SensorInput {
    var driverName: String {
        switch self {
        case .gpio: "gpio"
        case .mqtt: "mqtt"
        case .simulated: "simulated"
        }
    }

    /// Where other programs publish it; nil: nobody does.
    var topic: String? { if case .mqtt(let input) = self { input.topic } else { nil } }
}
