import Glibc
import Platform
import Processes
import TestSupport
import Testing

@Suite struct SleepMeterTests {
    @Test func `waiting counts, work and want of a processor don't`() async throws {
        let (waiting, working) = try await onThread {
            let first = SleepMeter()
            poll(nil, 0, 60)
            let waiting = first.asleep
            let second = SleepMeter()
            let end = MonotonicClock.now + 60_000_000
            while MonotonicClock.now < end {}
            return (waiting, second.asleep)
        }
        #expect(waiting >= .milliseconds(50))
        #expect(working < .milliseconds(10))
    }
}
