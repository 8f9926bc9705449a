internal import Lighting

/// How long a link takes to carry a packet, one way.
enum LinkQuality: String, Sendable, Hashable, CaseIterable, Codable {
    /// The same machine.
    case loopback
    /// A cable.
    case wired
    /// Wi-Fi: median 3 ms, 99th percentile 15 ms.
    case wifi
    /// Wi-Fi with lost packets, which TCP sends again after 200 ms and more.
    case lossyWifi
    /// Wi-Fi with power saving: a packet waits for the station to wake, up to 2 s.
    case sleepyWifi

    /// No packet takes longer: what lies beyond is a link that is down.
    var longest: Duration {
        switch self {
        case .loopback: .milliseconds(2)
        case .wired: .milliseconds(5)
        case .wifi: .milliseconds(60)
        case .lossyWifi: .milliseconds(1500)
        case .sleepyWifi: .milliseconds(2000)
        }
    }

    /// The time that one packet takes.
    func delay(_ random: inout SplitMix64) -> Duration {
        let milliseconds: Double
        switch self {
        case .loopback: milliseconds = random.logNormal(median: 0.05, percentile99: 0.3)
        case .wired: milliseconds = random.logNormal(median: 0.4, percentile99: 1.5)
        case .wifi: milliseconds = random.logNormal(median: 3, percentile99: 15)
        case .lossyWifi:
            let once = random.logNormal(median: 4, percentile99: 40)
            milliseconds = random.chance(0.05) ? once + random.real(200...1400) : once
        case .sleepyWifi:
            let once = random.logNormal(median: 5, percentile99: 60)
            milliseconds = random.chance(0.3) ? once + random.real(0...1900) : once
        }
        return min(.nanoseconds(Int64(milliseconds * 1e6)), longest)
    }
}
