internal import ArgumentParser
internal import Glibc
internal import Simulation

/// `footlight-soak fleet-scale`: what very many nodes cost one fleet agent.
struct FleetScale: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet-scale", abstract: "What very many nodes cost one fleet agent: CPU and memory, no network.")

    @Option(help: "How many nodes.") var nodes = 10_000
    @Option(help: "How many seconds of virtual time.") var seconds = 60

    func validate() throws {
        if !(1...10_000).contains(nodes) { throw ValidationError("--nodes must be within 1…10000") }
        if seconds < 1 { throw ValidationError("--seconds must be 1 or more") }
    }

    func run() throws {
        let empty = FleetScale.residentMegabytes
        var fleet = FleetLoad(count: nodes)
        // Until all are Healthy, and beyond their grace periods.
        fleet.run(for: .seconds(60))
        let before = (cpu: FleetScale.cpuSeconds, messages: fleet.messageCount)
        fleet.run(for: .seconds(seconds))
        let cpu = FleetScale.cpuSeconds - before.cpu
        let messages = fleet.messageCount - before.messages
        print(
            "\(nodes) nodes, \(fleet.healthyCount) Healthy: \((cpu / Double(seconds) * 1000).rounded() / 10) % of a core, "
                + "the nodes' and the broker's part included; \(messages / seconds) messages per second; "
                + "\(Int(FleetScale.residentMegabytes - empty)) MB")
        if fleet.healthyCount != nodes { throw ExitCode.failure }
    }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var residentMegabytes: Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = fread(&bytes, 1, bytes.count, file)
        let fields = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Double(fields[1]) ?? 0 : 0) * Double(getpagesize()) / 1e6
    }
}
