import Foundation
import Testing

@testable import AWSTopology

@Suite("The best order, for any pair of topologies")
struct BestOrderPropertyTests {
    /// `SEEDS=10000 swift test …` for many, `SEED=17` for one.
    private static var seeds: ClosedRange<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["SEED"].flatMap(UInt64.init) { return seed...seed }
        return 1...(environment["SEEDS"].flatMap(UInt64.init) ?? 250)
    }

    /// What lint may never say of a state on the way.
    private static let never: Set<String> = ["subnets-overlap", "subnet-outside-vpc"]

    private func faults(of plan: MigrationPlan) -> [String] {
        var faults = MigrationInvariants.faults(of: plan)
        var before = plan.from
        for step in plan.steps {
            faults += IntervalCheck.faults(before, step.state).map { "\(step.title): \($0)" }
            let report = LintReport(of: step.state)
            faults += report.findings.filter { Self.never.contains($0.rule.id) }.map { "\(step.title): \($0.headline)" }
            before = step.state
        }
        // Counted from the states, and by the search: the rest of what differs may add to the former.
        if let bound = plan.bound {
            if bound.secondsInOneZone > plan.secondsInOneZone + 1800 { faults.append("another time in one zone") }
            if bound.secondsInOneZone < bound.leastInOneZone { faults.append("below the bound of one zone") }
            if bound.secondsWithoutStandby < bound.leastWithoutStandby { faults.append("below the bound of standbys") }
            if plan.steps.count > 0, plan.secondsWithoutStandby < bound.leastWithoutStandby {
                faults.append("the standby's bound isn't one")
            }
        }
        return faults
    }

    @Test
    func `every state is sound, no address is had twice, nothing is ever without a zone`() throws {
        var counts: [String: Int] = [:]
        for seed in Self.seeds {
            guard let (from, to) = RandomTopology.pair(seed) else { continue }
            do throws(MigrationRefusal) {
                let plan = try MigrationPlan(from: from, to: to, trials: 1)
                #expect(faults(of: plan) == [], "seed \(seed)")
                counts["planned", default: 0] += 1
                if plan.bound?.isBest == false { counts["planned, not proven the best", default: 0] += 1 }
                if plan.secondsInOneZone == 0 { counts["never in a single zone", default: 0] += 1 }
            } catch {
                #expect(!error.reasons.isEmpty)
                #expect(
                    error.reasons.allSatisfy { $0.code == .noZone || $0.code == .noSpareRange }, "\(seed): \(error)")
                counts[error.reasons.first?.code.rawValue ?? "", default: 0] += 1
            }
        }
        if Self.seeds.count > 1 { #expect(counts["planned", default: 0] > Self.seeds.count / 2, "\(counts)") }
        if ProcessInfo.processInfo.environment["SEEDS"] != nil { print("migrations: \(counts)") }
    }

    @Test
    func `the better order is never longer in a single zone than the reference's`() {
        for seed in Self.seeds.prefix(80) {
            guard let (from, to) = RandomTopology.pair(seed),
                let reference = try? MigrationPlan(from: from, to: to, order: .reference, trials: 1),
                let best = try? MigrationPlan(from: from, to: to, trials: 1), best.bound?.isBest == true
            else { continue }
            #expect(best.secondsInOneZone <= reference.secondsInOneZone, "seed \(seed)")
        }
    }

    @Test
    func `what the reference's order can do, the search can`() {
        for seed in Self.seeds.prefix(80) {
            guard let (from, to) = RandomTopology.pair(seed),
                (try? MigrationPlan(from: from, to: to, order: .reference, trials: 1)) != nil
            else { continue }
            do throws(MigrationRefusal) { _ = try MigrationPlan(from: from, to: to, trials: 1) } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }
}
