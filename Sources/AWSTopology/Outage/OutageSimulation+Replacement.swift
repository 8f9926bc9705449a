extension OutageSimulation {
    /// One lost instance's way back, in seconds after the loss.
    struct Replacement {
        /// The load balancer sends it nothing any more.
        var unsent: Double
        /// Auto Scaling acts.
        var noticed: Double
        /// Its replacement takes requests; infinite where replacements never come that far.
        var replaced: Double
        /// How many replacements were themselves replaced before they were ready.
        var restarts: Int
    }

    /// How many times a replacement that is taken down before it is ready is tried, before the trial counts as never ending.
    static var mostRestarts: Int { 20 }

    mutating func replacement(of group: OutageModel.Group, zones: Int) -> Replacement {
        let timings = request.timings
        func draw(_ spread: TimeSpread) -> Double { spread.seconds(at: generator.unit()) }
        var now: Double
        let unsent: Double
        if let check = group.healthCheck {
            // The checks go on every interval; the first after the loss is somewhere within one, and the last of the
            // threshold is over when its timeout is.
            unsent =
                (generator.unit() + Double(check.unhealthyThreshold - 1)) * check.interval.inSeconds
                + check.timeout.inSeconds
            now = unsent + draw(timings.autoScalingPoll)
        } else {
            now = draw(timings.statusCheck)
            unsent = now
        }
        let noticed = now
        guard zones > 1 else { return Replacement(unsent: unsent, noticed: noticed, replaced: .infinity, restarts: 0) }
        let chance = launchChance(zones: zones, types: group.instanceTypes)
        for restarts in 0...Self.mostRestarts {
            var attempts = 0
            while generator.unit() >= chance, attempts < 1000 {
                now += draw(timings.capacityRetry)
                attempts += 1
            }
            now += draw(timings.instanceLaunch)
            let boot = draw(timings.instanceBoot)
            guard let check = group.healthCheck else {
                return Replacement(unsent: unsent, noticed: noticed, replaced: now + boot, restarts: restarts)
            }
            // It must pass one check; once it has failed the threshold, as many as make an unhealthy target healthy.
            let interval = check.interval.inSeconds
            let failing = Double(check.unhealthyThreshold) * interval
            let passes = boot < failing ? 0 : Double(check.healthyThreshold - 1)
            let ready = boot + (generator.unit() + passes) * interval
            let judged = max(group.gracePeriod.inSeconds, failing) + draw(timings.autoScalingPoll)
            if ready <= judged {
                return Replacement(unsent: unsent, noticed: noticed, replaced: now + ready, restarts: restarts)
            }
            now += judged
        }
        return Replacement(unsent: unsent, noticed: noticed, replaced: .infinity, restarts: Self.mostRestarts)
    }

    /// The chance that a launch finds capacity while everyone in the lost zone asks the others for it.
    ///
    /// The demand on each of the z−1 zones left grows by 1/(z−1) of its load; with `headroom` for that much, the share
    /// headroom·(z−1) of it is served, and a group with several instance types asks for each of them.
    func launchChance(zones: Int, types: Int) -> Double {
        let served = min(1, request.timings.headroom * Double(zones - 1))
        return 1 - InstanceSpread.power(1 - served, types)
    }
}
