internal import Configuration
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import Telemetry

extension NodeRuntime {
    func tell(_ event: MeshClockEvent, at now: Int64) {
        let actions = clock.handle(event, at: now)
        for action in actions {
            switch action {
            case .publish(let topic, let payload):
                // While the broker is away there is nobody to ask, and later it is the wrong time.
                guard let connection, connection.session != nil else { continue }
                _ = try? connection.publish(MQTTMessage(topic: topic, payload: payload, qos: .atMostOnce))
            case .changed(let state):
                log.info("mesh time: \(state.rawValue)\(clock.reference.map { ", by \($0)" } ?? "")")
                let error = clock.errorBound(at: now)
                handle(.clock(isTrusted: error != nil, error: error ?? .zero), at: now)
                tellRecords(.clock(isTrusted: error != nil), at: now)
            case .stepped(let step):
                tellRecords(.clockStepped(step), at: now)
                handle(.clockStepped(step), at: now)
            case .timeOfDay:
                loadTimeZone(timeZone, at: clock.mesh(at: now))
                nextFrame = now
            case .log(.info, let line): log.info("\(line)")
            case .log(.warning, let line): log.warning("\(line)")
            }
        }
        clockDue = clock.nextDue ?? .max
        if actions.isEmpty, case .lit = event { return }
        // What was planned in mesh time is due at another instant of the monotonic clock now.
        plan(at: now)
        if nextFrame != nil { nextFrame = now }
    }

    /// Tells the clock when something was said that is kept, and who is online, once all retained statuses have come, and
    /// whenever that changes.
    func tellClock(at now: Int64) {
        if let word = core.latestWord, word != toldWord {
            toldWord = word
            tell(.said(word), at: now)
        }
        guard core.knowsWhoIsThere, connection?.session != nil else { return }
        let revision = core.clockOrderRevision
        guard revision != toldOrder else { return }
        toldOrder = revision
        tell(.presence(core.clockOrder), at: now)
    }

    func loadTimeZone(_ name: String?, at now: MeshInstant) {
        let correction = clock.civilCorrection
        guard let civil = CivilClock.system(timeZone: name, from: now + correction) else {
            let fault = "no time zone \"\(name ?? "")\" in /usr/share/zoneinfo; install tzdata, or mend the site file"
            log.warning("\(fault)")
            care.timeZoneFault = fault
            return
        }
        care.timeZoneFault = nil
        timeZone = name
        for action in core.handle(.civilClock(civil.corrected(by: correction)), at: now) {
            perform(action, at: clock.monotonic(of: now))
        }
    }
}
