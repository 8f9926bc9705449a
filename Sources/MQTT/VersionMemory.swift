/// Which protocol to try at which address: MQTT 5 first, 3.1.1 where 5 was refused. Pure.
///
/// A broker that hangs up on MQTT 5 without an answer may be one that doesn't know it, or one that is just being
/// stopped: after two such hang-ups 3.1.1 is tried, and only if that works it is remembered.
struct VersionMemory {
    private let allowed: [MQTTVersion]
    private var refused: Set<BrokerAddress> = []
    private var hangUps: [BrokerAddress: Int] = [:]

    init(allowed: [MQTTVersion]) {
        self.allowed = allowed
    }

    /// The version to try at an address.
    func version(for address: BrokerAddress) -> MQTTVersion {
        guard allowed.count > 1 else { return allowed[0] }
        let isSuspect = hangUps[address, default: 0] >= 2
        return refused.contains(address) || isSuspect ? allowed[1] : allowed[0]
    }

    /// The broker said that it doesn't speak the version. True: another is worth trying at once.
    mutating func refuse(_ version: MQTTVersion, at address: BrokerAddress) -> Bool {
        guard allowed.count > 1, version == allowed[0] else { return false }
        return refused.insert(address).inserted
    }

    /// The broker hung up before it answered.
    mutating func hungUp(_ version: MQTTVersion, at address: BrokerAddress) {
        guard allowed.count > 1 else { return }
        hangUps[address] = version == allowed[0] ? hangUps[address, default: 0] + 1 : nil
    }

    /// The broker accepted.
    mutating func accept(_ version: MQTTVersion, at address: BrokerAddress) {
        if version == allowed[0] { hangUps[address] = nil }
    }
}
