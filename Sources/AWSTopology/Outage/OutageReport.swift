/// The loss of a zone of a topology, in full: what is lost, what is started where, how long it takes, and two zones
/// beside three.
public struct OutageReport: Sendable {
    /// The topology's name.
    public let name: String
    /// The request.
    public let request: OutageSimulation.Request
    /// The effect of the loss.
    public let impact: OutageImpact
    /// The outcome of the simulation: how long it takes.
    public let outcome: OutageOutcome
    /// The same groups and databases over two zones.
    public let two: OutageOutcome
    /// The same over three.
    public let three: OutageOutcome
    /// The second loss; nil where none was asked for.
    public let second: SecondLoss?
    /// The effect of losing both zones; nil where that wasn't asked for.
    public let secondImpact: OutageImpact?

    /// Simulates the loss of `request.zone`, and of `second` a time later.
    ///
    /// - Throws: ``TopologyError`` for a zone that the topology doesn't have, or one given twice.
    public init(
        of topology: Topology, _ request: OutageSimulation.Request,
        second: (zone: AvailabilityZone, after: Duration)? = nil
    ) throws(TopologyError) {
        let model = OutageModel(topology)
        try Self.check(request.zone, "zone", of: model)
        name = topology.name
        self.request = request
        impact = topology.impact(ofLosing: [request.zone])
        outcome = OutageSimulation.run(model, request)
        two = Self.run(model, request, zones: 2)
        three = Self.run(model, request, zones: 3)
        self.second = second.map { SecondLoss.run(model, request, second: $0.zone, after: $0.after) }
        secondImpact = second.map { topology.impact(ofLosing: [request.zone, $0.zone]) }
        if let second {
            try Self.check(second.zone, "second", of: model)
            guard second.zone != request.zone else {
                throw TopologyError(
                    .duplicate, field: "second", found: "\(second.zone), which is lost already",
                    allowed: "another zone", remedy: "name one that is left")
            }
        }
    }

    private static func run(
        _ model: OutageModel, _ request: OutageSimulation.Request, zones: Int
    ) -> OutageOutcome {
        let spread = model.spread(overZones: zones)
        var request = request
        request.zone = spread.zones.first ?? request.zone
        return OutageSimulation.run(spread, request)
    }

    private static func check(
        _ zone: AvailabilityZone, _ field: String, of model: OutageModel
    ) throws(TopologyError) {
        guard !model.zones.contains(zone) else { return }
        throw TopologyError(
            .unknownName, field: field, found: "\"\(zone)\"",
            allowed: model.zones.map(\.letter).joined(separator: ", "),
            remedy: "name a zone of the topology by its letter")
    }

    /// The second failure by formula, with two zones and with three.
    var secondFailures: [SecondFailure] { [2, 3].map { SecondFailure(zones: $0, timings: request.timings) } }
}
