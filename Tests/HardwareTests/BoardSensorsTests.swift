import Hardware
import Testing

@Suite("What a board tells of itself") struct BoardSensorsTests {
    private func board(_ files: [String: String]) throws -> (BoardSensors, FakeFolder) {
        let folder = try FakeFolder()
        for (path, text) in files { try folder.write(text, to: path) }
        return (BoardSensors(root: folder.path), folder)
    }

    @Test func `the hottest zone counts`() throws {
        let (board, folder) = try board([
            "sys/class/thermal/thermal_zone0/temp": "48312", "sys/class/thermal/thermal_zone1/temp": "51000",
            "sys/class/thermal/cooling_device0/temp": "99000", "sys/class/thermal/thermal_zone2/temp": "none",
        ])
        #expect(board.temperature == 51)
        withExtendedLifetime(folder) {}
        #expect(BoardSensors(root: "/nowhere").temperature == nil)
    }

    @Test(arguments: [("0", false), ("1", true)])
    func `a Raspberry Pi's firmware tells of a weak supply`(alarm: String, isUnderVoltage: Bool) throws {
        let (board, folder) = try board([
            "sys/class/hwmon/hwmon0/name": "cpu_thermal", "sys/class/hwmon/hwmon0/in0_lcrit_alarm": "1",
            "sys/class/hwmon/hwmon1/name": "rpi_volt", "sys/class/hwmon/hwmon1/in0_lcrit_alarm": alarm,
        ])
        #expect(board.isUnderVoltage == isUnderVoltage)
        withExtendedLifetime(folder) {}
    }

    @Test func `elsewhere nothing tells`() throws {
        let (board, folder) = try board(["sys/class/hwmon/hwmon0/name": "cpu_thermal"])
        #expect(board.isUnderVoltage == nil)
        withExtendedLifetime(folder) {}
    }

    @Test func `a disk has room, or there is none`() {
        let free = BoardSensors().freePercentage(at: "/tmp")
        #expect(free.map { (0...100).contains($0) } == true)
        #expect(BoardSensors().freePercentage(at: "/nowhere") == nil)
    }
}
