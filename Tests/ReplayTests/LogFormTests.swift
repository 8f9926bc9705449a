import Lighting
import Testing

@testable import Replay

@Suite("Logs as people have them")
struct LogFormTests {
    /// 2026-01-31 18:39:46 UTC.
    static let base: Int64 = 1_769_884_786

    static func parse(
        _ text: String, choice: SensorChoice = .allMotion, clock: CivilClock = .utc
    ) -> (events: [MotionEvent], parser: MotionLogParser) {
        var parser = MotionLogParser(choice: choice, clock: clock)
        var events: [MotionEvent] = []
        parser.begin(file: "log")
        let bytes = Array(text.utf8)
        parser.parse(bytes.span, into: &events)
        parser.endFile(into: &events)
        parser.finish(into: &events)
        return (events, parser)
    }

    /// What came of a log, as `sensor@seconds since base:on|off`.
    static func words(_ text: String, choice: SensorChoice = .allMotion) -> [String] {
        let (events, parser) = parse(text, choice: choice)
        return events.map { event in
            let milliseconds = event.time.nanoseconds / 1_000_000 - base * 1000
            return "\(parser.sensors[event.sensor])@\(milliseconds):\(event.motion ? "on" : "off")"
        }
    }

    @Test
    func `Home Assistant's history: one entity after the other, in UTC, unavailable is no motion, doors aren't asked`()
    {
        let log = """
            entity_id,state,last_changed
            binary_sensor.hall_motion,off,2026-01-31T18:00:00.000Z
            binary_sensor.hall_motion,on,2026-01-31T18:39:46.250Z
            binary_sensor.hall_motion,unavailable,2026-01-31T18:39:49.000Z
            binary_sensor.stair_occupancy,on,2026-01-31T18:39:47.000Z
            binary_sensor.stair_occupancy,unknown,2026-01-31T18:39:51.000Z
            binary_sensor.front_door,on,2026-01-31T18:39:47.500Z
            sensor.hall_temperature,21.3,2026-01-31T18:39:48.000Z

            """
        let hall = "binary_sensor.hall_motion"
        let stair = "binary_sensor.stair_occupancy"
        #expect(
            Self.words(log) == [
                "\(hall)@-2386000:off", "\(hall)@250:on", "\(stair)@1000:on", "\(hall)@3000:off", "\(stair)@5000:off",
            ])
        let (_, parser) = Self.parse(log)
        #expect(parser.summary.unknown == 2)
        #expect(parser.summary.malformed == 0)
        #expect(parser.suggestions == ["binary_sensor.front_door"])
        #expect(Self.words(log, choice: .named(["binary_sensor.front_door"])) == ["binary_sensor.front_door@1500:on"])
    }

    @Test(arguments: [
        "[2026-01-31 18:39:46] info: \tz2m:mqtt: MQTT publish: topic 'zigbee2mqtt/hall', payload '",
        "info  2026-01-31 18:39:46: MQTT publish: topic 'zigbee2mqtt/hall', payload '",
        "Jan 31 18:39:46 pi npm[1]: [2026-01-31 18:39:46] info: \tz2m:mqtt: MQTT publish: topic 'zigbee2mqtt/hall', payload '",
    ])
    func `zigbee2mqtt's log, of 2.x, of 1.x, and with what the journal puts in front`(_ head: String) {
        let log = """
            [2026-01-31 18:39:40] info: \tz2m: Connected to MQTT server
            info  2026-01-31 18:39:41: Zigbee: disabling joining new devices.
            \(head){"battery":100,"illuminance":12,"occupancy":true,"linkquality":80}'
            \(head){"battery":100,"linkquality":80}'
            \(head){"illuminance":12,"occupancy":false}'

            """
        let (events, parser) = Self.parse(log)
        #expect(events.map(\.motion) == [true, false])
        #expect(events.allSatisfy { $0.time == MeshInstant(nanoseconds: Self.base * 1_000_000_000) })
        #expect(parser.sensors == ["zigbee2mqtt/hall"])
        #expect(parser.summary.malformed == 0)
        #expect(parser.summary.remarks == 3)
    }

    @Test(arguments: [
        ("2026-01-31T18:39:46+0000", 0), ("2026-01-31T19:39:46+01:00", 0), ("1769884786", 0),
        ("1769884786.250", 250), ("1769884786.250000000", 250), ("1769884786250", 250),
        ("2026-01-31T18:39:46.25Z", 250), ("2026-01-31 18:39:46.25", 250),
    ])
    func `mosquitto_sub with a time in front, ISO or epoch, and a payload that is a word or a message`(
        _ time: String, _ milliseconds: Int
    ) {
        let log = """
            \(time) zigbee2mqtt/hall {"occupancy": true, "linkquality": 3}
            \(time) zigbee2mqtt/hall {"occupancy":null}
            \(time) home/stair/pir ON
            \(time) home/stair/lux 17

            """
        #expect(
            Self.words(log) == [
                "zigbee2mqtt/hall@\(milliseconds):on", "zigbee2mqtt/hall@\(milliseconds):off",
                "home/stair/pir@\(milliseconds):on",
            ])
    }

    @Test(arguments: ["9223372036854775808", "9999999999999999999"])
    func `a time of more than can be counted is none`(_ time: String) {
        let (events, parser) = Self.parse("1769884786 home/stair/pir ON\n\(time) home/stair/pir OFF\n")
        #expect(events.count == 1)
        #expect(parser.summary.malformed == 1)
    }

    @Test
    func `InfluxDB 2's annotated CSV, in several tables; InfluxDB 1's with times in nanoseconds`() {
        let two = """
            #datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string
            #group,false,false,true,true,false,false,true,true,true
            #default,_result,,,,,,,,
            ,result,table,_start,_stop,_time,_value,_field,_measurement,entity_id
            ,,0,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-01-31T18:39:46.5Z,1,value,binary_sensor,hall_motion
            ,,0,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-01-31T18:39:48Z,0,value,binary_sensor,hall_motion

            #datatype,string,long,dateTime:RFC3339,string,double
            ,result,table,entity_id,_time,_value
            ,,1,stair_motion,2026-01-31T18:39:47Z,1.0

            """
        #expect(Self.words(two) == ["hall_motion@500:on", "stair_motion@1000:on", "hall_motion@2000:off"])
        let one = "name,time,entity_id,value\nstate,1769884786500000000,hall_motion,1\n"
        #expect(Self.words(one) == ["hall_motion@500:on"])
    }

    @Test
    func `Node-RED's csv node: columns in any order, quotes, milliseconds`() {
        let log = """
            timestamp,payload,topic
            1769884788000,"{""occupancy"":false,""voltage"":3000}","zigbee2mqtt/hall, down"
            1769884787000,"{""occupancy"":true}",zigbee2mqtt/hall
            1769884786000,true,home/pir

            """
        #expect(Self.words(log) == ["home/pir@0:on", "zigbee2mqtt/hall@1000:on"])
        #expect(Self.parse(log).parser.summary.faults.map(\.reason) == [.name])
    }

    @Test
    func `CASAS with commas is CASAS`() {
        #expect(
            Self.words("2026-01-31,18:39:46.5,M003,ON\n2026-01-31,18:39:47,D001,OPEN\n2026-01-31,18:39:48,M003,OFF\n")
                == ["M003@500:on", "M003@2000:off"])
    }

    @Test
    func `times in UTC are told by the household's clock, with its summer time; the others are`() {
        let berlin = CivilClock(transitions: [
            .init(from: .distantPast, secondsFromUTC: 3600),
            .init(from: MeshInstant(nanoseconds: 1_774_746_000_000_000_000), secondsFromUTC: 7200),
        ])
        let log = """
            2026-01-31T18:39:46Z home/pir ON
            2026-07-01T18:00:00Z home/pir OFF
            2026-07-01 20:00:00 home/pir ON

            """
        let (events, _) = Self.parse(log, clock: berlin)
        #expect(
            events.map { $0.time.nanoseconds / 1_000_000_000 } == [Self.base + 3600, 1_782_936_000, 1_782_936_000])
    }

    @Test(
        arguments: [
            ("entity_id,state,last_changed\nbinary_sensor.a_motion,on,yesterday\n", .date),
            ("entity_id,state,last_changed\nbinary_sensor.a_motion,on\n", .date),
            ("entity_id,state,last_changed\n,on,2026-01-31T18:39:46Z\n", .noSensor),
            ("entity_id,state,last_changed\nbinary_sensor.a_motion,maybe,2026-01-31T18:39:46Z\n", .value),
            ("2026-01-31,25:39:46.5,M003,ON\n", .time), ("2026-01-31T18:39:46+2500 home/pir ON\n", .date),
            ("17698847860 home/pir ON\n", .date), ("MQTT publish: topic 'a/b', payload 'ON'\n", .date),
            ("[2026-01-31 18:39:46] MQTT publish: topic 'a/b'\n", .noValue),
        ] as [(String, LineFault.Reason)])
    func `what can't be read is told`(_ log: String, _ reason: LineFault.Reason) {
        let (events, parser) = Self.parse(log)
        #expect(events.isEmpty)
        #expect(parser.summary.faults.map(\.reason) == [reason])
    }
}
