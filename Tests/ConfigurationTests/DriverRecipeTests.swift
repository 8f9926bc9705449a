import FoundationEssentials
import Hardware
import NodeFile
import TestSupport
import Testing

/// What CONTRIBUTING.md asks of whoever adds a driver, where the compiler doesn't.
@Suite("Each driver is told of where people look for it, and is tested and fuzzed")
struct DriverRecipeTests {
    /// A part of an agent's file that names a driver.
    struct Part: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The part with a driver that there isn't.
        let text: String
        /// Whether docs/hardware.md has a table of its drivers.
        let hasTable: Bool

        /// The drivers that there are, as the fault names them.
        func drivers() throws -> [String] {
            let file = "site: home\nnode: hall\nbrokers: [mqtt://localhost]\n\(text)\n"
            let fault = try #require(throws: (any Error).self) { try AgentFile(text: file, file: "agent.yaml") }
            let list = try #require("\(fault)".split(separator: "has a driver: ").last)
            let names = list.prefix { $0 != "." }.split(separator: " ").filter { $0 != "or" }
            return names.map { $0.filter { $0 != "," } }
        }
    }

    static let parts = [
        Part(
            testDescription: "outputs", text: "bars: [{name: b, channels: white, output: {driver: nosuch}}]",
            hasTable: true),
        Part(testDescription: "sensors", text: "sensors: [{name: s, input: {driver: nosuch}}]", hasTable: true),
        Part(
            testDescription: "light sensors", text: "lightSensors: [{name: l, input: {driver: nosuch}}]",
            hasTable: false),
    ]

    /// `{driver: led, …}`, or for a driver that needs nothing else `output: simulated`.
    private static func names(_ text: String, _ driver: String) -> Bool {
        ["driver: \(driver)", "put: \(driver)"].contains { text.contains($0) }
    }

    @Test(arguments: parts) func `in docs/hardware.md, in a row of its own or an example`(_ part: Part) throws {
        let document = try Repository.text("docs/hardware.md")
        for driver in try part.drivers() {
            let isThere = part.hasTable ? document.contains("\n| `\(driver)` |") : Self.names(document, driver)
            #expect(isThere, "docs/hardware.md: no row of the driver \(driver), of \(part.testDescription)")
        }
    }

    @Test func `with all its fields, in that row`() throws {
        let rows = try Repository.text("docs/hardware.md").split(separator: "\n")
        let drivers =
            Drivers.outputs.map { ($0.name, $0.fields, "LEDs") }
            + Drivers.sensors.map { ($0.name, $0.fields, "Sensors") }
        for (name, fields, part) in drivers {
            let mentioned = rows.filter { $0.hasPrefix("| `\(name)` |") }
            for field in fields {
                let isThere = mentioned.contains { $0.contains("`\(field.name)") }
                #expect(isThere, "docs/hardware.md, \(part): no row of \(name) has the field \(field.name)")
            }
        }
    }

    @Test(arguments: parts) func `in the corpus that the reader of agents' files is fuzzed with`(_ part: Part) throws {
        let folder = "Tests/Fuzz/Corpus/agentfiles"
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(Samples.repository)/\(folder)")
        // What stands in a comment reaches no reader.
        let texts = try files.map { file in
            try Repository.text("\(folder)/\(file)").split(separator: "\n").map { $0.prefix { $0 != "#" } }
                .joined(separator: "\n")
        }
        for driver in try part.drivers() {
            let isThere = texts.contains { Self.names($0, driver) }
            #expect(isThere, "\(folder): no file with the driver \(driver), of \(part.testDescription)")
        }
    }

    @Test(arguments: parts) func `among what the tests of agents' files read`(_ part: Part) throws {
        let text = try Repository.swift(below: "Tests/ConfigurationTests")
        for driver in try part.drivers() {
            #expect(Self.names(text, driver), "no test reads the driver \(driver), of \(part.testDescription)")
        }
    }

    @Test(arguments: parts) func `among what the doctor's tests look at`(_ part: Part) throws {
        let text = try Repository.swift(below: "Tests/DoctorTests")
        for driver in try part.drivers() {
            #expect(Self.names(text, driver), "no test of the doctor has \(driver), of \(part.testDescription)")
        }
    }

    @Test(arguments: parts) func `with an agent, in the lab or among programs`(_ part: Part) throws {
        let text = try Repository.swift(below: "Tests/Lab", "Tests/EndToEnd")
        for driver in try part.drivers() {
            let isThere = Self.names(text, driver) || text.contains("\"\(driver)\"")
            #expect(isThere, "no test runs an agent with \(driver), of \(part.testDescription)")
        }
    }

    @Test(arguments: parts) func `in the README, which says where it was tried`(_ part: Part) throws {
        let rows = try Repository.text("README.md").split(separator: "\n").drop { $0 != "## What works with what" }
            .dropFirst().prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| ") }
        #expect(rows.count > 6)
        // These two are for nobody's staircase.
        for driver in try part.drivers() where !["trace", "simulated"].contains(driver) {
            let isThere = rows.contains { $0.contains("`\(driver)`") }
            #expect(isThere, "README.md: no row of the driver \(driver), of \(part.testDescription)")
        }
    }

    @Test func `what drives LEDs is tested by itself`() throws {
        let drivers = try Repository.swift(below: "Sources/Hardware")
            .matches(of: #/(?:struct|class) (\w+).*: (?:LightOutput|StripEncoder|PacketEncoder)\b/#)
            .map { String($0.1) }
        let tests = try Repository.swift(below: "Tests/HardwareTests", "Tests/Lab")
        #expect(drivers.count > 9)
        for driver in drivers where driver != "SimulatedOutput" {
            #expect(tests.contains(driver), "no suite of \(driver), in Tests/HardwareTests or Tests/Lab")
        }
    }
}
