internal import CLinux
internal import Glibc
internal import Hardware

extension Checkup {
    /// Whether the agent that runs has real-time priority, or else whether one would get it.
    func realTime() -> [Finding] {
        let check = "real-time priority"
        let remedy =
            "Let it: LimitRTPRIO=50 in its systemd unit, as installed, or \"footlight - rtprio 50\" in "
            + "/etc/security/limits.conf"
        if board.text("/proc/sys/kernel/sched_rt_runtime_us") == "0" {
            return [
                .warning(
                    check, "the kernel gives real-time threads no time",
                    remedy: "sysctl kernel.sched_rt_runtime_us=950000"
                )
            ]
        }
        let policies = agentPolicies()
        if !policies.isEmpty {
            let ordinary = policies.count { !$0 }
            return ordinary == 0
                ? [.fine(check, "the agent that runs has it")]
                : [.warning(check, "the agent that runs hasn't got it; frames may be late", remedy: remedy)]
        }
        return Checkup.mayHaveRealTime()
            ? [.fine(check, "\(Board.user) may have it")]
            : [
                .warning(
                    check, "\(Board.user) may not have it, and no agent runs that could show whether it does",
                    remedy: remedy)
            ]
    }

    /// Of each agent that runs, whether it is scheduled in real time.
    ///
    /// - Source: proc_pid_stat(5): field 41 is the policy, SCHED_FIFO is 1; the name stands in brackets before field 3.
    private func agentPolicies() -> [Bool] {
        board.names(in: "/proc").filter { $0.allSatisfy(\.isNumber) }.compactMap { id in
            guard let line = board.text("/proc/\(id)/stat"), line.contains("(footlight-agent)"),
                let end = line.lastIndex(of: ")")
            else { return nil }
            let fields = line[line.index(after: end)...].split(separator: " ")
            return fields.count > 38 ? fields[38] == "1" : nil
        }
    }

    /// Asks for it, as the agent does, and gives it back.
    private static func mayHaveRealTime() -> Bool {
        var ordinary = sched_param(sched_priority: 0)
        var wanted = sched_param(sched_priority: 20)
        guard sched_setscheduler(0, SCHED_FIFO, &wanted) == 0 else { return false }
        sched_setscheduler(0, SCHED_OTHER, &ordinary)
        return true
    }

    /// Whether a wireless interface sleeps between messages.
    func wiFi() -> [Finding] {
        WiFi.interfaces(root: board.root).map { name in
            let check = "wi-fi \(name)"
            switch WiFi.isSavingPower(name) {
            case true?:
                return .fault(
                    check, "it saves power: messages come up to 2 s late",
                    remedy: "iw dev \(name) set power_save off; for good, with NetworkManager: "
                        + "nmcli connection modify NAME 802-11-wireless.powersave 2")
            case false?: return .fine(check, "it doesn't save power")
            case nil:
                return .warning(
                    check, "its driver doesn't tell whether it saves power",
                    remedy: "Look yourself: iw dev \(name) get power_save")
            }
        }
    }

    /// The system's clock.
    func clock() -> [Finding] {
        var state = timex()
        let answer = adjtimex(&state)
        return [
            Checkup.clock(
                seconds: Int(time(nil)),
                isSynchronised: answer >= 0 && state.status & 0x0040 == 0,
                errorSeconds: Double(state.maxerror) / 1e6)
        ]
    }

    /// - Parameters:
    ///   - seconds: what it shows, since 1970.
    ///   - errorSeconds: how far off it may be at most.
    static func clock(seconds: Int, isSynchronised: Bool, errorSeconds: Double) -> Finding {
        // 2025-01-01: before that, nobody had this program.
        guard seconds > 1_735_689_600 else {
            return .fault(
                "clock", "it shows a time long past, so profiles by the time of day go wrong",
                remedy: "Set it (timedatectl set-time), or let chrony do it, or fit a clock with a battery")
        }
        if isSynchronised {
            let milliseconds = errorSeconds * 1000
            let shown = milliseconds < 10 ? "\((milliseconds * 10).rounded() / 10)" : "\(Int(milliseconds))"
            return .fine("clock", "it is synchronised, at most \(shown) ms off")
        }
        return .warning(
            "clock", "nothing keeps it; bars light together all the same, but the time of day drifts",
            remedy: "sudo apt install chrony")
    }
}
