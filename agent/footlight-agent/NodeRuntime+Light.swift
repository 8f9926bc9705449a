internal import Hardware
internal import Mesh

extension NodeRuntime {
    /// What the light sensors of the IIO class have to tell.
    func lookAtLight(at now: Int64) {
        for (sensor, reading) in lightSensors.readings() {
            switch reading {
            case .success(let lux): handle(.light(sensor: sensor, lux: lux, fault: nil), at: now)
            case .failure(let error):
                handle(.light(sensor: sensor, lux: nil, fault: error.description), at: now)
            }
        }
    }
}
