import Testing

@testable import AWSTopology

/// What isn't known is never judged as known: parts of good and of faulty templates are hidden, and nothing may be found
/// then that isn't found in the whole.
@Suite("Hidden parts of templates")
struct HiddenTemplateTests {
    /// A bucket that logs go to by a parameter's name is taken for one of another stack.
    private static let debatable = "bucket-without-access-logs"

    private func found(_ text: String) throws -> Set<String> {
        let report = LintReport(of: try TopologyDocument(reading: text, file: "t.json"), file: "t.json")
        return Set(
            report.findings.filter { $0.rule.id != Self.debatable }.map { finding in
                // Of two zones at one table, hiding one shows the fault from its other side.
                let rule = finding.rule.id == "cross-zone-route" ? "route-table-per-zone" : finding.rule.id
                return "\(rule) \(finding.resource)"
            })
    }

    private static let texts: [String] = {
        let own = try? TopologyDocument(reading: DefaultTopology.text, file: "default").topology.cloudFormation()
        return [CleanTemplate.text] + (own.map { [$0] } ?? [])
    }()

    @Test(arguments: HiddenTemplate.Way.allCases)
    func `no finding comes of one value that isn't known, wherever it stands`(_ way: HiddenTemplate.Way) throws {
        for text in Self.texts {
            let whole = try HiddenTemplate(text)
            let before = try found(whole.text)
            let turn = HiddenTemplate.Way.allCases.firstIndex(of: way) ?? 0
            // Every spot of the small template in one of the ways, every fourth of the large one: all of them in all ways
            // take minutes.
            let step = HiddenTemplate.Way.allCases.count * (text == CleanTemplate.text ? 1 : 4)
            for (index, spot) in whole.spots.enumerated() where index % step == turn {
                var template = whole
                try template.hide(spot, way)
                let more = try found(template.text).subtracting(before)
                #expect(more.isEmpty, "\(template.log): \(more)")
            }
        }
    }

    @Test
    func `no finding comes of a resource that may not be there, or that a loop makes`() throws {
        for text in Self.texts {
            let whole = try HiddenTemplate(text)
            let before = try found(whole.text)
            for name in whole.resources {
                var open = whole
                try open.condition(name)
                var looped = whole
                try looped.loop(name)
                for template in [open, looped] {
                    let more = try found(template.text).subtracting(before)
                    #expect(more.isEmpty, "\(template.log): \(more)")
                }
            }
        }
    }

    @Test(arguments: 0..<8)
    func `no finding comes of several parts hidden at random, in what has faults`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed + 1))
        for _ in 0..<15 {
            let faults = PlantedFault.all.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
            guard let text = PlantedFault.template(with: Array(faults)) else { continue }
            var template = try HiddenTemplate(text)
            let before = try found(template.text)
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                switch Int.random(in: 0..<10, using: &random) {
                case 0: try template.condition(template.resources.randomElement(using: &random) ?? "")
                case 1: try template.loop(template.resources.randomElement(using: &random) ?? "")
                default:
                    guard let spot = template.spots.randomElement(using: &random),
                        let way = HiddenTemplate.Way.allCases.randomElement(using: &random)
                    else { continue }
                    try template.hide(spot, way)
                }
            }
            let more = try found(template.text).subtracting(before)
            #expect(more.isEmpty, "\(faults.map(\.rule)), \(template.log): \(more)")
        }
    }
}
