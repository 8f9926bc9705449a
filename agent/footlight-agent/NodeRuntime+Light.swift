internal import Hardware
internal import MQTT
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

    /// What somebody's light sensor says on its topic.
    func takeLight(_ message: ReceivedMessage, at now: Int64) {
        for light in mqttLights where light.topic == message.topic {
            do throws(MessageError) {
                guard let lux = try light.payload.lux(in: message.payload) else { continue }
                handle(.light(sensor: light.name, lux: lux, fault: nil), at: now)
            } catch {
                handle(.refused(topic: message.topic, error: error), at: now)
            }
        }
    }
}
