internal import Lighting
internal import Mesh

/// Places that were given to others while the node of their name was away, and that are its own again.
extension FleetCore {
    /// For how long what was replaced counts against who comes back.
    private static let memory = Duration.seconds(86_400)

    /// Begins to give places back to the nodes that they are named after, once such a node has been Healthy for long: a spare
    /// that never has its hands free again helps once.
    mutating func giveBack(at now: MeshInstant) {
        guard let delay = policy.replacement.giveBackDelay, problem(at: now) == nil else { return }
        for node in nodes.filter({ !$0.value.message.formerPlaces.isEmpty }).keys.sorted() where isFree(node) {
            guard let (holder, places) = ownPlaces(of: node) else { continue }
            let due =
                MeshInstant(nanoseconds: nodes[node]?.message.since ?? 0) + patience(with: node, delay: delay, at: now)
            guard due <= now else {
                evaluateDue = min(evaluateDue ?? due, due)
                continue
            }
            giveBack(places, of: holder, to: node, at: now)
        }
    }

    /// Twice as long with each time that it was replaced within a day: what comes and goes is better away.
    private func patience(with node: String, delay: Duration, at now: MeshInstant) -> Duration {
        let times = groups.values.reduce(0) { count, group in
            count
                + group.message.activities.count { activity in
                    activity.node == node && activity.kind == .replacement && activity.step == .replace
                        && activity.status == .successful
                        && now - MeshInstant(nanoseconds: activity.began) < FleetCore.memory
                }
        }
        return min(delay * (1 << min(max(times - 1, 0), 10)), FleetCore.memory)
    }

    /// Who else fills most of the places that are a node's own and that it could fill now, and which these are.
    private func ownPlaces(of node: String) -> (holder: String, places: Successor)? {
        let former = nodes[node]?.message.formerPlaces.filter { Name.place($0)?.node == node } ?? []
        var held: [String: Parts] = [:]
        for group in groups.values {
            for place in group.zone.bars where former.contains(where: { Places.isSame($0, place) }) {
                guard let holder = Name.place(places.bar(in: place))?.node, holder != node,
                    held[holder]?.bars.contains(place) != true
                else { continue }
                held[holder, default: Parts(bars: [], sensors: [])].bars.append(place)
            }
            for place in group.zone.sensors.keys.sorted() where former.contains(place) {
                guard let holder = Name.place(places.sensor(in: place))?.node, holder != node,
                    held[holder]?.sensors.contains(place) != true
                else { continue }
                held[holder, default: Parts(bars: [], sensors: [])].sensors.append(place)
            }
        }
        let free = freeParts(of: node)
        let candidates = held.map { holder, places in
            (
                holder: holder,
                places: Successor(
                    name: node, bars: assignWhatFits(places.bars.sorted(), to: free.bars),
                    sensors: assignWhatFits(places.sensors.sorted(), to: free.sensors))
            )
        }
        // Of equals, the first by name.
        return candidates.filter { !$0.places.places.isEmpty }
            .max { ($0.places.places.count, $1.holder) < ($1.places.places.count, $0.holder) }
    }

    private mutating func giveBack(_ given: Successor, of holder: String, to node: String, at now: MeshInstant) {
        // Who fails, or is being seen to, is another matter.
        guard let record = nodes[holder], let home = record.zones.first, record.message.healthStatus == .healthy,
            record.message.lifecycleState == .inService, openActivity(of: holder) == nil,
            !isSuspended(.replaceUnhealthy, record), !isAsleep(holder), obstacle(for: holder, at: now) == nil
        else { return }
        for zone in record.zones {
            guard let group = groups[zone], group.message.refresh?.isOpen != true,
                waiting(in: zone) < policy.replacement.limit(of: group.members.count)
            else { return }
        }
        var activity = Activity(
            id: "\(holder)-\(now.nanoseconds / 1_000_000)", kind: .giveBack, node: holder,
            cause: "\(holder) had \(given.places.joined(separator: ", ")) while it was away", began: now.nanoseconds,
            status: .inProgress, step: .replace, detail: "Waiting for \(node) to be Healthy in its place")
        hand(given, over: &activity, at: now)
        groups[home]?.message.activities.append(activity)
        begin(activity, in: home, at: now)
    }
}
