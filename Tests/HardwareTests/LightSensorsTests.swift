import Glibc
import Hardware
import Mesh
import Testing

@Suite("Light sensors, on folders that look like IIO's (the real one is in Tests/Lab)")
struct LightSensorsTests {
    @Test
    func `a raw reading has its offset and its scale; one that is in lux is as it is; found by name or by folder`()
        throws
    {
        let root = try FakeFolder([
            "sys/bus/iio/devices/iio:device0/name": "bme280", "sys/bus/iio/devices/iio:device1/name": "al3320a",
            "sys/bus/iio/devices/iio:device1/in_illuminance_raw": "1500",
            "sys/bus/iio/devices/iio:device1/in_illuminance_offset": "-500",
            "sys/bus/iio/devices/iio:device1/in_illuminance_scale": "0.032",
            "sys/bus/iio/devices/iio:device2/name": "tsl2583",
            "sys/bus/iio/devices/iio:device2/in_illuminance0_input": "47",
        ])
        #expect(try LightSensors.look(at: "al3320a", root: root.path) == 32)
        #expect(try LightSensors.look(at: "iio:device2", root: root.path) == 47)
        let other = #expect(throws: HardwareError.self) { try LightSensors.look(at: "bme280", root: root.path) }
        #expect(other?.code == .unsuitable && other?.description.contains("measures no light") == true)
        let missing = #expect(throws: HardwareError.self) { try LightSensors.look(at: "bh1750", root: root.path) }
        #expect(missing?.code == .unavailable && missing?.description.contains("dtoverlay=i2c-sensor") == true)
    }

    @Test
    func `readings come by themselves, without anybody waiting for a sensor; so does its absence`() throws {
        let root = try FakeFolder([
            "sys/bus/iio/devices/iio:device1/name": "al3320a",
            "sys/bus/iio/devices/iio:device1/in_illuminance_input": "7.5",
        ])
        let sensors = try LightSensors([("window", "al3320a"), ("door", "bh1750")], root: root.path)
        var found: [String: Bool] = [:]
        while found.count < 2 {
            var entry = pollfd(fd: sensors.descriptor, events: Int16(POLLIN), revents: 0)
            try #require(poll(&entry, 1, 5000) == 1, "no reading within 5 s")
            for (sensor, lux) in sensors.readings() { found[sensor] = (try? lux.get()) == 7.5 }
        }
        #expect(found == ["window": true, "door": false])
    }

    @Test
    func `another maker's sensor says lux in a field, or as it is; what is none is refused`() throws {
        let field = LightPayload(field: JSONPath("illuminance", "lux"))
        #expect(try field.reading(of: Array("{\"illuminance\": {\"lux\": 12.5}, \"battery\": 3}".utf8)) == .lux(12.5))
        #expect(try field.reading(of: Array("{\"battery\": 3}".utf8)) == .silence)
        #expect(throws: MessageError.self) {
            try field.reading(of: Array("{\"illuminance\": {\"lux\": \"dim\"}}".utf8))
        }
        #expect(try LightPayload(field: .whole).reading(of: Array("300".utf8)) == .lux(300))
        #expect(try LightPayload(field: .whole).reading(of: Array(" 300\r\n".utf8)) == .lux(300))
        #expect(try LightPayload(field: .whole).reading(of: Array("unavailable".utf8)) == .unknown("unavailable"))
        #expect(try field.reading(of: Array("{\"illuminance\": {\"lux\": null}}".utf8)) == .silence)
        for text in ["-1", "nan", "inf", "1e9", "dark"] {
            #expect(throws: MessageError.self) { try LightPayload(field: .whole).reading(of: Array(text.utf8)) }
        }
    }
}
