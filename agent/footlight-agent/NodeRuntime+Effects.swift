internal import Configuration
internal import Glibc
internal import Hardware
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import Node
internal import Platform

extension NodeRuntime {
    /// Does what the machine wants done.
    func perform(_ effect: NodeEffect, at now: Int64) {
        do {
            switch effect {
            case .publish(let message, let keep):
                let id = try connection?.publish(message, keep: keep)
                if let id, message.qos != .atMostOnce, isConnected { care.roundTrip.sent(id, at: now) }
            case .subscribe(let filters): try connection?.subscribe(filters)
            case .subscribeCovered(let topics): try subscribe(covered: topics)
            case .unsubscribe(let filters): connection?.unsubscribe(filters)
            case .unsubscribeCovered(let topics):
                if let connection { connection.unsubscribe(connection.underWildcards(topics)) }
            case .remember(let topic, let payload): cache?.keep(topic: topic, payload: payload, at: now)
            case .loadTimeZone(let name, let instant): load(timeZone: name, from: instant, at: now)
            case .signal(let signal): wire?.say(signal, now: now)
            case .report: report(at: now)
            case .probe: probe(at: now)
            case .run(let command, let id): run(command, id: id)
            case .giveWay(let time, let why): connection?.giveWay(for: time, because: why)
            case .restart:
                log.notice("asked to restart")
                kill(getpid(), SIGTERM)
            case .clockChanged(let state, let reference):
                log.info("mesh time: \(state.rawValue)\(reference.map { ", by \($0)" } ?? "")")
            case .settled, .clockStepped, .timeOfDay: break
            case .log(.info, let line): log.info("\(line)")
            case .log(.warning, let line): log.warning("\(line)")
            case .log(.error, let line): log.error("\(line)")
            }
        } catch {
            // After the farewell nothing more is said, whatever still comes in.
            if !saidFarewell { log.error("\(error)") }
        }
    }

    private func subscribe(covered topics: [String]) throws {
        guard let connection else { return }
        try connection.subscribe(connection.covered(topics).map { MQTTSubscription($0) })
    }

    private func report(at now: Int64) {
        tell(.system(offset: RealTimeClock.offset, synchronised: RealTimeClock.isSynchronised), at: now)
        if let connection, connection.configuration.addresses.count > 1 { connection.isLonely = machine.missesOthers }
        let checks =
            Punctuality.checks + (wire.map { [$0.check] } ?? []) + care.checks(at: now) + savingChecks(at: now)
            + brokerChecks
        tell(.report(checks), at: now)
    }

    /// The node isn't on the broker that it prefers.
    private var brokerChecks: [HealthMessage.Check] {
        guard let connection, let session = connection.session else { return [] }
        let brokers = connection.configuration.addresses
        guard let place = brokers.firstIndex(of: session.address), place > 0 else { return [] }
        let detail = "is on \(session.address.place), and not on \(brokers[0].place), which it prefers"
        return [.init(.laterBroker, healthy: false, value: Double(place + 1), detail: detail)]
    }

    private func load(timeZone name: String?, from instant: MeshInstant, at now: Int64) {
        guard let civil = CivilClock.system(timeZone: name, from: instant) else {
            let fault = "no time zone \"\(name ?? "")\" in /usr/share/zoneinfo; install tzdata, or mend the site file"
            log.warning("\(fault)")
            care.timeZoneFault = fault
            return
        }
        care.timeZoneFault = nil
        tell(.timeZone(name, civil), at: now)
    }

    /// What the light sensors of the IIO class have to tell.
    func lookAtLight(at now: Int64) {
        for (sensor, reading) in lightSensors.readings() {
            switch reading {
            case .success(let lux): drive(.node(.light(sensor: sensor, lux: lux, fault: nil)), at: now)
            case .failure(let error):
                drive(.node(.light(sensor: sensor, lux: nil, fault: error.description)), at: now)
            }
        }
    }

    /// What the board's motion sensors have to tell, as of the instants that they say.
    func sense(at now: Int64) {
        for (sensor, report) in motionSensors.attend(at: now) {
            switch report {
            case .motion(let seen, let instant):
                drive(.node(.motion(sensor: sensor, seen: seen), at: instant), at: now)
            case .alive: drive(.node(.heard(sensor: sensor, SensorHearing(isAlive: true))), at: now)
            case .fault(let reason): drive(.node(.sensor(sensor, fault: reason)), at: now)
            }
        }
    }
}
