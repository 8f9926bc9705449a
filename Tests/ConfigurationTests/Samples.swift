import Documents
import Testing
import YAML

/// The files that the tests begin from.
enum Samples {
    /// The site file of issue 2.
    static let site = """
        site: home
        timeZone: Europe/Berlin
        zones:
          stairs:
            bars: [stair-01, stair-02, stair-03]
            sensors: {stair-01/bottom: first, landing/top: last}
            hold: 60s
            look: {brightness: 60%, colour: 2700K, easeIn: 400ms, easeOut: 1.5s, curve: smooth}
            wave: {delay: 50ms, order: fromSensor, off: follow}
            profile:
              - {from: "22:00", brightness: 10%, colour: 1900K}
              - {from: "06:30", brightness: 60%, colour: 2700K}
            lead: auto

        """

    /// The agent file of issue 2, with all else that it may hold.
    static let agent = """
        site: home
        node: stair-01
        brokers: [mqtt://127.0.0.1:1883, "mqtts://[fd00::1]"]
        username: stair-01
        passwordFile: /etc/footlight/password
        tls: {ca: /etc/ca.pem, certificate: /etc/me.pem, key: /etc/me.key}
        priority: 70
        state: /var/lib/footlight
        frameRate: 200Hz
        bars:
          - name: bar
            channels: white
            trim: 80%
            output: {driver: trace, path: /tmp/stair-01.jsonl}
        sensors:
          - name: bottom
            stuckLimit: 10m
            input: {driver: mqtt, topic: zigbee2mqtt/hall-pir, field: occupancy, on: true, off: false}

        """

    /// An agent file with every kind of LED output.
    static let leds = """
        site: home
        node: stairs
        brokers: [mqtt://localhost]
        bars:
          - {name: pwm, channels: warm-cold, output: {driver: pwm, chip: 0, channels: [0, 1], frequency: 2000Hz, inverted: true}}
          - {name: led, channels: white, output: {driver: led, name: stair}}
          - {name: low, channels: rgbw, output: {driver: ws281x, device: /dev/spidev0.0, chip: sk6812, leds: 0-29, order: GRBW, limit: 2A}}
          - {name: high, channels: rgbw, output: {driver: ws281x, device: /dev/spidev0.0, leds: 59-30, group: 3}}
          - {name: dots, channels: rgb, output: {driver: apa102, device: /dev/spidev0.1, leds: 10}}
          - {name: wled, channels: rgb, output: {driver: ddp, host: 192.168.1.50, leds: 60}}
          - {name: dmx, channels: rgb, output: {driver: e131, universe: 7, leds: 20, priority: 150}}
          - name: drawn
            channels: rgb-cct
            primaries: {warm: 3000K, red: {x: 0.69, y: 0.31, lumens: 1.5, watts: 0.2}}
            power: {start: on, stop: last, killed: off}
            output: {driver: trace, path: /tmp/drawn.jsonl, pixels: 8}
          - {name: board, channels: warm-cold, output: {driver: pca9685, address: 0x41, channels: [0, 1], frequency: 1000Hz, enable: {chip: gpiochip0, line: 4}}}
          - {name: beside, channels: white, output: {driver: pca9685, address: 0x41, channel: 2, frequency: 1000Hz, enable: {chip: gpiochip0, line: 4}}}
          - {name: art, channels: rgb, output: {driver: artnet, host: 192.168.1.60, universe: 289, leds: 20}}

        """

    /// An agent file that plays several nodes.
    static let bench = """
        site: bench
        brokers: [mqtt://localhost]
        nodes:
          - node: a
            bars: [{name: left, channels: rgb-cct, output: simulated}, {name: right, channels: rgbw, output: {driver: simulated}}]
          - node: b
            sensors: [{name: s, input: {driver: mqtt, topic: tele/pir, on: ON, pulse: 5s}}]

        """

    /// The folder of the repository.
    static let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })
}

/// The faults that reading throws; nil if it throws none.
func faults(_ read: () throws -> some Any) -> ConfigurationErrors? {
    do {
        _ = try read()
        return nil
    } catch let errors as ConfigurationErrors {
        return errors
    } catch {
        Issue.record("threw \(error), which is no ConfigurationErrors")
        return nil
    }
}
