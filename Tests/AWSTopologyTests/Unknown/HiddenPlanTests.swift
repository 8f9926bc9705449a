import Testing

@testable import AWSTopology

/// What a plan doesn't know is never judged as known.
@Suite("Hidden parts of plans")
struct HiddenPlanTests {
    private func found(_ text: String) throws -> [String] {
        let report = LintReport(of: try TopologyDocument(reading: text, file: "p.json"), file: "p.json")
        return report.findings.map(\.headline)
    }

    @Test
    func `a good plan has no findings, with and without what it says of unknown values`() throws {
        var plan = try HiddenPlan.clean()
        #expect(try found(plan.text) == [])
        plan.saysUnknowns = false
        #expect(try found(plan.text) == [])
    }

    @Test(arguments: HiddenPlan.Way.allCases, [true, false])
    func `no finding comes of an attribute that isn't known`(_ way: HiddenPlan.Way, _ saysUnknowns: Bool) throws {
        let whole = try HiddenPlan.clean()
        var seen: Set<String> = []
        for spot in whole.spots {
            // Instances share their expressions.
            guard seen.insert("\(TerraformPlan.withoutIndices(spot.address)).\(spot.key)").inserted else { continue }
            var plan = whole
            plan.saysUnknowns = saysUnknowns
            try plan.hide(spot, way)
            let more = try found(plan.text)
            #expect(more.isEmpty, "\(plan.log): \(more)")
        }
    }

    @Test
    func `no finding comes of a resource of which nothing is known`() throws {
        let whole = try HiddenPlan.clean()
        for address in whole.addresses {
            var plan = whole
            plan.hideValues(of: address)
            let more = try found(plan.text)
            #expect(more.isEmpty, "\(plan.log): \(more)")
        }
    }

    @Test(arguments: 0..<4)
    func `no finding comes of several parts hidden at random`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed + 1))
        let whole = try HiddenPlan.clean()
        for _ in 0..<25 {
            var plan = whole
            for _ in 0..<Int.random(in: 2...6, using: &random) {
                guard let way = HiddenPlan.Way.allCases.randomElement(using: &random),
                    let spot = plan.spots.randomElement(using: &random),
                    let address = plan.addresses.randomElement(using: &random)
                else { continue }
                if Int.random(in: 0..<4, using: &random) == 0 {
                    plan.hideValues(of: address)
                } else {
                    try plan.hide(spot, way)
                }
            }
            let more = try found(plan.text)
            #expect(more.isEmpty, "\(plan.log): \(more)")
        }
    }
}
