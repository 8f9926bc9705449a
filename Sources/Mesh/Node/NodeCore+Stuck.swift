internal import Lighting

extension NodeCore {
    /// A sensor has seen motion for too long without a sign of life, and is left out.
    mutating func stick(_ index: Int, at now: MeshInstant) {
        let limit = Int(sensors[index].description.stuckLimit.seconds)
        let reason =
            sensors[index].description.topic == nil
            ? "has seen motion for \(limit) s without a pause, and is left out until it pauses; is it covered, or "
                + "pointed at a heater?"
            : "said motion, and then nothing for \(limit) s: it is left out until it says something; has it lost its "
                + "way to the broker?"
        stick(index, because: reason, at: now)
        // The next start doesn't believe it either.
        actions.append(
            .remember(topic: sensorTopic(index), payload: sensors[index].message(unsynchronised: false).bytes))
    }

    private mutating func stick(_ index: Int, because reason: String, at now: MeshInstant) {
        sensors[index].failure = reason
        sensors[index].isDiscredited = true
        sensors[index].motion = false
        sensors[index].seenSince = nil
        sensors[index].renewDue = nil
        sensors[index].registers = [:]
        actions.append(.log(.warning, "sensor \(sensors[index].description.name) \(reason)"))
        say(index)
        mergeOwn(index, at: now)
    }

    /// A sensor that was stuck before this start of the agent is so still, until it shows otherwise.
    mutating func recall(own sensor: String, _ said: SensorMessage, at now: MeshInstant) {
        guard said.stuck == true, let index = sensors.firstIndex(where: { $0.description.name == sensor }),
            !sensors[index].isProven, sensors[index].failure == nil
        else { return }
        stick(index, because: said.failed.map { Excerpt.of($0, limit: 300) } ?? "was stuck before", at: now)
    }

    /// A sensor shows that it works: it paused, or said something.
    ///
    /// - Returns: whether it was stuck.
    mutating func vouch(for index: Int) -> Bool {
        sensors[index].isProven = true
        guard sensors[index].failure != nil else { return false }
        sensors[index].failure = nil
        actions.append(.log(.info, "sensor \(sensors[index].description.name) works again"))
        actions.append(.remember(topic: sensorTopic(index), payload: []))
        return true
    }

    private func sensorTopic(_ index: Int) -> String {
        Topic.sensor(node: description.node, sensor: sensors[index].description.name).name(site: description.site)
    }
}
