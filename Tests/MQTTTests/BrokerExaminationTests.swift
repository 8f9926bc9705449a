import MQTT
import Processes
import TestSupport
import Testing

/// What `footlight broker check` finds out.
@Suite struct BrokerExaminationTests {
    private func probe(_ address: BrokerAddress) async throws -> BrokerCapabilities {
        var configuration = MQTTConfiguration(addresses: [address], clientID: "probe")
        configuration.connectTimeout = .seconds(1)
        return try await BrokerExamination(configuration).run()
    }

    @Test func `mosquitto has all that a mesh needs, and nothing is left there`() async throws {
        try await TestBroker.with { broker in
            let found = try await probe(broker.address)
            for ability in BrokerCapabilities.Ability.allCases { #expect(found[ability].has == true, "\(ability)") }
            #expect(found.suffices && found.lacks.isEmpty)
            let rest = try await MQTTClient.withClient(
                MQTTConfiguration(addresses: [broker.address], clientID: "looker")
            ) { try await $0.retained(["footlight-check/#"]) }
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: [BrokerCapabilities.Ability.retainedWildcard, .will])
    func `what a broker lacks is found`(ability: BrokerCapabilities.Ability) async throws {
        var lacks = ModestBroker.Lacks()
        lacks.retainedByWildcard = ability == .retainedWildcard
        lacks.wills = ability == .will
        lacks.filtersWith = " "
        let broker = try ModestBroker(lacks)
        let found = try await probe(broker.address)
        #expect(found[.version5].has == false && found[.version311].has == true)
        #expect(found[.retainedExact].has == true)
        #expect(found[ability].has == false)
        #expect(found[.space].has == false && found[.dot].has == true)
        #expect(found.lacks.contains(ability) && !found.suffices)
        #expect(broker.retainedTopics.isEmpty)
    }
}
