import AWSTopology

extension Reader {
    /// A topology in any of its forms, and what is made of it: lint, cost, a template that can be read again.
    static func read(topology bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let document = try TopologyDocument(reading: text, file: "backend.yaml")
            let report = LintReport(of: document, file: "backend.yaml")
            _ = (report.text, report.json, report.sarif)
            let topology = document.topology
            if let prices = PriceTable.all.first {
                _ = CostEstimate.text([topology.cost(prices: prices)])
            }
            try require(TopologyDifference(from: topology, to: topology).isEmpty, "it differs from itself")
            _ = (topology.svg(), topology.terraform(), topology.mermaid(), topology.markdown())
            _ = (topology.written(), ImportNotes(of: document).lines)
            let template = topology.cloudFormation()
            // One of nothing at all is none.
            guard !topology.resources.isEmpty else { return }
            do { _ = try TopologyDocument(reading: template, file: "template.yaml") } catch {
                throw Broken(description: "the template can't be read: \(error)\n\(template)")
            }
        } catch is TopologyError {}
    }
}
