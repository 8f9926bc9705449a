extension MQTTConnection {
    /// When to go on with asking the brokers before ours, a monotonic instant in nanoseconds.
    var failBackDue: Int64 { probe == nil ? failBackWait : probeTick }

    /// Asks the brokers that stand before ours, as far as it is time.
    func lookBack(now: Int64) {
        guard closingDeadline == nil, now >= failBackDue else { return }
        guard let probe else { return act(on: failBack.handle(.due, at: now), now: now) }
        guard let outcome = probe.outcome(now: now) else {
            probeTick = now + BrokerProbe.interval
            return
        }
        self.probe = nil
        act(on: failBack.handle(learn(outcome, of: probe) ? .answered : .silent, at: now), now: now)
    }

    func act(on action: FailBack.Action, now: Int64) {
        failBackWait = .max
        switch action {
        case .none: break
        case .wait(let until): failBackWait = until
        case .probe(let index):
            let address = configuration.addresses[index]
            probe = BrokerProbe(
                configuration, address: address, version: versions.version(for: address), now: now)
            probeTick = now
        case .move(let index): move(to: index, now: now)
        }
    }

    /// Whether the broker takes us; what was learned of its version is kept.
    private func learn(_ outcome: BrokerProbe.Outcome, of probe: BrokerProbe) -> Bool {
        switch outcome {
        case .accepted:
            versions.accept(probe.version, at: probe.address)
            return true
        case .refused(let code):
            if Self.isVersionRefused(code) { _ = versions.refuse(probe.version, at: probe.address) }
        case .hungUp: versions.hungUp(probe.version, at: probe.address)
        case .mute: _ = versions.wasSilent(probe.version, at: probe.address)
        case .unreachable: break
        }
        return false
    }

    /// Leaves this broker for another without a farewell, so that those who stay see by our will that we are gone.
    private func move(to index: Int, now: Int64) {
        let there = configuration.addresses[index]
        endSession(MQTTError(.lost, "left \(address): \(there) stands before it in the list, and answers again"))
        act(on: policy.handle(.moving(to: index), at: now), now: now)
    }
}
