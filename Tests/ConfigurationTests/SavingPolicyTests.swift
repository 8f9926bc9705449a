import Testing

@testable import Configuration

@Suite struct SavingPolicyTests {
    private static let second: Int64 = 1_000_000_000

    @Test func `a thousand changes in a row are written once, and what changes meanwhile a second later`() {
        var policy = SavingPolicy()
        #expect(policy.due == .max)
        for place in 0..<1000 { policy.changed(at: Int64(place)) }
        #expect(policy.due == 100_000_000)
        let began = policy.due
        let begins = policy.begin(at: began)
        #expect(begins && policy.due == .max)
        policy.changed(at: began + 1)
        let isNews = policy.ended(nil, at: began + 2)
        #expect(!isNews && policy.due == began + 2 + Self.second && policy.unsavedSince != nil)
        let again = policy.begin(at: policy.due)
        _ = policy.ended(nil, at: 5 * Self.second)
        #expect(again && policy.due == .max && policy.unsavedSince == nil)
    }

    @Test
    func `a disk that was full is tried again, ever more seldom, until all is saved; told once, and once it works`() {
        var policy = SavingPolicy()
        policy.changed(at: 0)
        var pauses: [Int64] = []
        var told = 0
        for _ in 0..<9 {
            let now = policy.due
            let begins = policy.begin(at: now)
            #expect(begins)
            if policy.ended("No space left on device", at: now) { told += 1 }
            pauses.append((policy.due - now) / Self.second)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60] && told == 1)
        #expect(policy.failure == "No space left on device" && policy.unsavedSince == 0)
        let now = policy.due
        let begins = policy.begin(at: now)
        let isNews = policy.ended(nil, at: now)
        #expect(begins && isNews)
        #expect(policy.failure == nil && policy.unsavedSince == nil && policy.due == .max)
    }
}
