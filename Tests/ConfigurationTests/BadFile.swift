import Configuration
import Documents
import NodeFile
import Testing
import YAML

/// A good file with one thing changed, and the one fault that it then has.
struct BadFile: Sendable, CustomTestStringConvertible {
    enum Sample { case site, agent, bench, leds }

    var sample: Sample
    var good: String
    var bad: String
    var code: ConfigurationError.Code
    var mark: YAMLMark
    var field: String
    var found: String?

    init(
        _ sample: Sample, _ good: String, _ bad: String, _ code: ConfigurationError.Code, _ line: Int, _ column: Int,
        _ field: String, _ found: String?
    ) {
        (self.sample, self.good, self.bad, self.code) = (sample, good, bad, code)
        (self.mark, self.field, self.found) = (YAMLMark(line: line, column: column), field, found)
    }

    var testDescription: String { "\(sample): \(bad)" }

    var text: String {
        let text =
            switch sample {
            case .site: Samples.site
            case .agent: Samples.agent
            case .bench: Samples.bench
            case .leds: Samples.leds
            }
        guard let range = text.firstRange(of: good) else {
            Issue.record("the sample doesn't have \(good)")
            return text
        }
        return text.replacingCharacters(in: range, with: bad)
    }

    var faults: ConfigurationErrors? {
        ConfigurationTests.faults { () throws -> Any in
            switch sample {
            case .site: try SiteFile(text: text, file: "some.yaml")
            case .agent, .bench, .leds: try AgentFile(text: text, file: "some.yaml")
            }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
