internal import ArgumentParser
internal import Fleet

/// A zone, and some of the fleet agent's processes.
struct ProcessArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @Argument(
        help: ArgumentHelp(
            "HealthCheck, ReplaceUnhealthy, ScheduledActions or InstanceRefresh; all of them if none is named.",
            valueName: "PROCESS"),
        completion: .list(SuspendableProcess.allCases.map(\.rawValue)), transform: ProcessArguments.process)
    var processes: [SuspendableProcess] = []

    @Sendable private static func process(_ text: String) throws -> SuspendableProcess {
        if let process = SuspendableProcess(rawValue: text) { return process }
        let names = SuspendableProcess.allCases.map(\.rawValue)
        throw ValidationError("\"\(text)\" is none; " + Words.proposal(for: text, among: names, noun: "processes"))
    }

    /// Their names, for a sentence.
    var names: String {
        (processes.isEmpty ? SuspendableProcess.allCases : processes).map(\.rawValue).joined(separator: ", ")
    }

    /// The order to do this about them.
    func order(_ kind: FleetCommand.Kind) -> FleetOrder {
        var command = FleetCommand(kind, id: SiteSession.newID(), zone: zone)
        command.processes = processes.isEmpty ? nil : processes
        return FleetOrder(command)
    }
}
