internal import Hardware
internal import Mesh

extension NodeRuntime {
    /// What the board's motion sensors have to tell, as of the instants that they say.
    func sense(at now: Int64) {
        for (sensor, report) in motionSensors.attend(at: now) {
            switch report {
            case .motion(let seen, let instant): handle(.motion(sensor: sensor, seen: seen), of: instant, at: now)
            case .alive:
                handle(.heard(sensor: sensor, SensorHearing(isAlive: true)), at: now, redraws: false)
            case .fault(let reason): handle(.sensor(sensor, fault: reason), at: now)
            }
        }
    }
}
