/// Which protocol to try at which address: MQTT 5 first, 3.1.1 where 5 was refused. Pure.
///
/// A broker that hangs up on MQTT 5 without an answer may be one that doesn't know it, or one that is just being
/// stopped: after two such hang-ups 3.1.1 is tried, and only if that works it is remembered. So it is with one that
/// takes the connection and says nothing, once: it may be busy, or not know what to say. Where MQTT 5 has been spoken
/// before, silence must come three times. An address that names its version is spoken to in no other.
struct VersionMemory {
    private let allowed: [MQTTVersion]
    private var refused: Set<BrokerAddress> = []
    private var hangUps: [BrokerAddress: Int] = [:]
    private var silences: [BrokerAddress: Int] = [:]
    private var known: Set<BrokerAddress> = []

    /// So many hang-ups make the first version suspect.
    private static let suspectHangUps = 2
    /// So many silences do where that version has been spoken before.
    private static let suspectSilences = 3

    init(allowed: [MQTTVersion]) {
        self.allowed = allowed
    }

    /// The version to try at an address.
    func version(for address: BrokerAddress) -> MQTTVersion {
        if let version = address.version { return version }
        guard allowed.count > 1 else { return allowed[0] }
        let isSuspect = hangUps[address, default: 0] >= VersionMemory.suspectHangUps
        return refused.contains(address) || isSuspect ? allowed[1] : allowed[0]
    }

    /// Whether another version is to be tried at an address within the same attempt if the broker says nothing.
    func hasAnother(than version: MQTTVersion, at address: BrokerAddress) -> Bool {
        guard address.version == nil, allowed.count > 1, version == allowed[0] else { return false }
        return !known.contains(address) || silences[address, default: 0] + 1 >= VersionMemory.suspectSilences
    }

    /// The broker said that it doesn't speak the version. True: another is worth trying at once.
    mutating func refuse(_ version: MQTTVersion, at address: BrokerAddress) -> Bool {
        guard address.version == nil, allowed.count > 1, version == allowed[0] else { return false }
        return refused.insert(address).inserted
    }

    /// The broker hung up before it answered.
    mutating func hungUp(_ version: MQTTVersion, at address: BrokerAddress) {
        guard allowed.count > 1 else { return }
        hangUps[address] = version == allowed[0] ? hangUps[address, default: 0] + 1 : nil
    }

    /// The broker took the connection and did not answer in time. True: another version is worth trying at once.
    mutating func wasSilent(_ version: MQTTVersion, at address: BrokerAddress) -> Bool {
        guard allowed.count > 1 else { return false }
        guard version == allowed[0] else {
            hangUps[address] = nil
            return false
        }
        defer { silences[address, default: 0] += 1 }
        guard hasAnother(than: version, at: address) else { return false }
        hangUps[address] = VersionMemory.suspectHangUps
        return true
    }

    /// The broker accepted.
    mutating func accept(_ version: MQTTVersion, at address: BrokerAddress) {
        silences[address] = nil
        guard version == allowed[0] else { return }
        hangUps[address] = nil
        known.insert(address)
    }
}
