import Lighting
import TestSupport
import Testing

@testable import Mesh

/// A word that a release adds is one that older releases don't know, so the contract has another number.
@Suite struct ContractWordsTests {
    /// The words of each field that takes one of several, by contract.
    private static let words: [Int: [String: String]] = [
        2: [
            "curve": "accelerate decelerate linear sine smooth",
            "order": "backward centreOut edgesIn forward fromSensor random", "off": "follow reverse together",
            "state": "offline online sleeping",
        ]
    ]

    @Test func `the words of this contract are those that it had when it got its number`() {
        let orders = Wave.Order.named.map(\.name).sorted().joined(separator: " ")
        let offs = Wave.Off.allCases.map(\.rawValue).sorted().joined(separator: " ")
        let curves = EasingCurve.allCases.map(\.rawValue).sorted().joined(separator: " ")
        // A state beyond these doesn't compile here.
        let states = [NodeStatus.State.online, .offline, .sleeping].map { state in
            switch state {
            case .online, .offline, .sleeping: state.rawValue
            }
        }.sorted().joined(separator: " ")
        #expect(
            Self.words[Version.contract] == ["curve": curves, "order": orders, "off": offs, "state": states],
            "raise Version.contract, unless that has been done since the last release, and add its words here")
    }

    @Test(arguments: [
        ("look.curve", EasingCurve.allCases.map(\.rawValue)), ("wave.order", Wave.Order.named.map(\.name)),
        ("wave.off", Wave.Off.allCases.map(\.rawValue)),
    ])
    func `docs/protocol.md names each word of a zone`(field: String, words: [String]) throws {
        let rows = try Repository.rows("docs/protocol.md", section: #"config/zone/\<zone\>"#)
        let row = try #require(rows.first { $0[0] == "`\(field)`" })
        let told = row[1].split(separator: ", ").map(String.init)
        #expect(told.prefix(words.count).sorted() == words.sorted(), "\(row[1])")
        #expect(told.dropFirst(words.count).allSatisfy { $0.hasPrefix("or ") }, "\(row[1])")
    }
}
