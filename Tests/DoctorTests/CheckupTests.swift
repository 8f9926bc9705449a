import Glibc
import Hardware
import NodeFile
import Testing

@testable import Doctor

@Suite("What the doctor finds on a board")
struct CheckupTests {
    private func agent(_ text: String) throws -> AgentFile {
        try AgentFile(text: "site: home\nnode: stair-01\n" + text, file: "some.yaml")
    }

    private static let plain = """
        brokers: [mqtt://127.0.0.1:1]
        sensors: [{name: bottom, input: simulated}]

        """

    @Test
    func `a password's file is there, and nobody else's to read`() throws {
        let root = try FakeRoot()
        let file = try agent(Self.plain + "username: me\npasswordFile: /etc/footlight/password\n")
        let checkup = Checkup(file, board: root.board)
        let missing = try #require(checkup.files().first)
        #expect(missing.verdict == .fault && missing.found == "/etc/footlight/password isn't there")

        try root.write("secret\n", to: "/etc/footlight/password", mode: 0o644)
        #expect(checkup.files().map(\.verdict) == [.fault])
        #expect(checkup.files()[0].remedy == "sudo chmod o= /etc/footlight/password")
        try root.write("secret\n", to: "/etc/footlight/password", mode: 0o600)
        #expect(checkup.files() == [.fine("password file", "/etc/footlight/password can be read")])
    }

    @Test
    func `folders that are written to are there`() throws {
        let root = try FakeRoot()
        let file = try agent(
            """
            brokers: [mqtt://127.0.0.1:1]
            state: /var/lib/footlight
            sensors: [{name: bottom, input: simulated}]
            """)
        let checkup = Checkup(file, board: root.board)
        #expect(checkup.files().map(\.verdict) == [.fault])
        #expect(checkup.files()[0].remedy?.contains("/var/lib/footlight") == true)
        try root.folder("/var/lib/footlight")
        #expect(checkup.files().map(\.verdict) == [.fine])
    }

    @Test
    func `the site file of an agent without a network reads, and is of its site`() throws {
        let root = try FakeRoot()
        let file = try agent(
            "network: off\nsiteFile: /etc/site.yaml\nsensors: [{name: bottom, input: simulated}]\n")
        let checkup = Checkup(file, board: root.board)
        #expect(checkup.files().map(\.verdict) == [.fault])
        let zones = "zones: {stairs: {bars: [stair-01]}}\n"
        try root.write("site: away\n" + zones, to: "/etc/site.yaml")
        #expect(checkup.files()[0].found.contains("of site away"))
        try root.write("site: home\n" + zones, to: "/etc/site.yaml")
        #expect(checkup.files().map(\.verdict) == [.fine])
    }

    @Test
    func `it asks no broker where the network is off`() async throws {
        let file = try agent("network: off\nsiteFile: /etc/site.yaml\nsensors: [{name: bottom, input: simulated}]\n")
        #expect(await Checkup(file).brokers() == [.fine("network", "is off, and not asked for")])
    }

    @Test
    func `a GPIO line that isn't there, and one that two ask for`() throws {
        let file = try agent(
            """
            brokers: [mqtt://127.0.0.1:1]
            wire: {chip: gpiochip77, line: 4}
            sensors:
              - {name: bottom, input: {driver: gpio, chip: gpiochip77, line: 4}}
              - {name: top, input: {driver: gpio, chip: gpiochip77, line: 5}}
            """)
        let found = Checkup(file).lines()
        #expect(
            found.map(\.verdict) == [.fault, .fault, .fault]
                && found.map(\.check) == ["wire", "sensor bottom", "sensor top"])
        #expect(found[0].found.contains("no such chip") && found[0].remedy?.contains("gpiodetect") == true)
        #expect(found[1].found.contains("asked for twice, by wire too"))
    }

    @Test
    func `real-time priority is what the agent that runs has`() throws {
        let root = try FakeRoot()
        let checkup = Checkup(try agent(Self.plain), board: root.board)
        func stat(_ name: String, policy: Int) -> String {
            "17 (\(name)) S " + (4...52).map { $0 == 41 ? "\(policy)" : "0" }.joined(separator: " ")
        }
        try root.write(stat("some (odd) name", policy: 0), to: "/proc/16/stat")
        try root.write(stat("footlight-agent", policy: 1), to: "/proc/17/stat")
        #expect(checkup.realTime() == [.fine("real-time priority", "the agent that runs has it")])
        try root.write(stat("footlight-agent", policy: 0), to: "/proc/18/stat")
        #expect(checkup.realTime().map(\.verdict) == [.warning])
        #expect(checkup.realTime()[0].remedy?.contains("LimitRTPRIO=50") == true)
        try root.write("0\n", to: "/proc/sys/kernel/sched_rt_runtime_us")
        #expect(checkup.realTime()[0].remedy == "sysctl kernel.sched_rt_runtime_us=950000")
    }

    @Test
    func `without an agent that runs, it tries what an agent would get`() throws {
        let root = try FakeRoot()
        let found = Checkup(try agent(Self.plain), board: root.board).realTime()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(14), &limit)  // RLIMIT_RTPRIO
        // Whoever has neither the right nor the limit may not; containers refuse even root.
        if limit.rlim_cur < 20, geteuid() != 0 { #expect(found.map(\.verdict) == [.warning]) }
        #expect(found.count == 1 && sched_getscheduler(0) == SCHED_OTHER)
    }

    @Test
    func `wireless interfaces are looked at, wired ones aren't`() throws {
        let root = try FakeRoot()
        let checkup = Checkup(try agent(Self.plain), board: root.board)
        try root.folder("/sys/class/net/eth0")
        #expect(checkup.wiFi().isEmpty)
        // No such interface is in the kernel: nothing tells.
        try root.folder("/sys/class/net/wlan77/wireless")
        #expect(checkup.wiFi().map(\.verdict) == [.warning])
        #expect(checkup.wiFi()[0].remedy == "Look yourself: iw dev wlan77 get power_save")
    }

    @Test
    func `a clock that nothing keeps is worth a word, one of 1970 is to be mended`() {
        #expect(Checkup.clock(seconds: 1000, isSynchronised: false, errorSeconds: 0).verdict == .fault)
        let now = Int(time(nil))
        #expect(Checkup.clock(seconds: now, isSynchronised: false, errorSeconds: 16).verdict == .warning)
        let good = Checkup.clock(seconds: now, isSynchronised: true, errorSeconds: 0.00234)
        #expect(good == .fine("clock", "it is synchronised, at most 2.3 ms off"))
    }

    @Test
    func `root can't judge what the agent may`() throws {
        let found = Checkup(try agent(Self.plain)).user()
        #expect(found.map(\.verdict) == [geteuid() == 0 ? .warning : .fine])
    }
}
