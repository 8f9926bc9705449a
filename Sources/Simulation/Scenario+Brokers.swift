internal import Lighting

extension Scenario {
    /// In one seed of four nodes list two or three brokers, which end and come back within 10 ms to minutes.
    mutating func addBrokers(_ random: inout SplitMix64) {
        guard random.chance(0.25) else { return }
        brokerCount = random.chance(0.7) ? 2 : 3
        for index in disturbances.indices {
            guard case .broker(_, let losing, let power) = disturbances[index].kind, random.chance(0.4) else {
                continue
            }
            let number = random.integer(0...(brokerCount - 1))
            disturbances[index].kind = .broker(number, losingMemory: losing, powerLoss: power)
        }
        // After the first walks, of which one or none has its disturbances already.
        let begin = disturbances.first?.at ?? calmAt
        let span = max(.seconds(60), calmAt - begin)
        for _ in 0..<random.integer(1...5) {
            let down = random.chance(0.5) ? random.seconds(0.01...0.2) : random.seconds(0.2...90)
            let number = random.chance(0.7) ? 0 : random.integer(0...(brokerCount - 1))
            disturbances.append(
                Disturbance(
                    at: begin + random.seconds(0...span.seconds), lasts: down,
                    kind: .broker(number, losingMemory: random.chance(0.5), powerLoss: random.chance(0.2))))
        }
        disturbances.sort { $0.at < $1.at }
        // Who lost a broker soon after going back to it waits for minutes.
        let over = disturbances.map { $0.at + $0.lasts }.reduce(calmAt) { max($0, $1) } + .seconds(170)
        let later = over - calmAt
        for index in walks.indices where walks[index].at > calmAt { walks[index].at += later }
        calmAt += later
        restAt += later
        endAt += later
    }
}
