import Mesh
import Testing

@testable import MQTT
@testable import footlight_agent

@Suite("How long the broker takes") struct BrokerRoundTripTests {
    @Test func `what is still on its way counts, also where nothing has been acknowledged`() {
        var trip = BrokerRoundTrip()
        #expect(trip.check(at: 5) == nil)
        trip.sent(MQTTMessageID(number: 1), at: 1_000_000_000)
        #expect(trip.check(at: 4_000_000_000)?.value == 3000)
        #expect(trip.check(at: 9_000_000_000)?.value == 8000)
        trip.delivered(MQTTMessageID(number: 1), at: 9_500_000_000)
        #expect(trip.check(at: 20_000_000_000)?.value == 8500)
        #expect(trip.check(at: 30_000_000_000) == nil)
        trip.sent(MQTTMessageID(number: 2), at: 30_000_000_000)
        trip.disconnected()
        #expect(trip.check(at: 40_000_000_000) == nil)
    }
}
