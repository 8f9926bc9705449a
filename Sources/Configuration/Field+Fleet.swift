internal import Documents
import Fleet
import Lighting
import Mesh
import YAML

extension Field {
    /// What a fleet's file says, as far as it can be read; what can't be, is among the faults.
    func fleetFile() -> FleetFile? {
        let known = [
            "site", "id", "priority", "brokers", "username", "passwordFile", "tls", "state", "health", "checks",
            "replacement", "spares", "scheduledActions", "lease", "echoLimit", "systemSilence", "http",
            "telemetry",
        ]
        let hints = [
            "node": "A fleet agent is no node: write id: fleet-a",
            "zones": "Zones stand in the site file; a zone is a group of the fleet by itself",
            "groups": "A zone of the site file is a group by itself; how groups are checked stands under health",
            "password": "Write the password into a file of its own, and passwordFile: /etc/footlight/password here",
        ]
        guard let fields = fields(known, example: "site: home", hints: hints) else { return nil }
        let site = fields.required("site", example: "home")?.name("a site's name", example: "home")
        let id = fields.required("id", example: "fleet-a")?.name("a fleet agent's name", example: "fleet-a")
        let priority = fields["priority"]?.integer(in: FleetFile.priorityRange, "a priority", example: "50")
        let access = fields.brokerAccess(owner: "fleet-a")
        let state = fields["state"]?.absolutePath("the path of a folder", example: "/var/lib/footlight/fleet")
        var policy = FleetPolicy()
        if let health = fields["health"]?.healthPolicy() { policy.health = health }
        for (check, rule) in fields["checks"]?.checkRules() ?? [] { policy.checks[check] = rule }
        if let replacement = fields["replacement"]?.replacementPolicy() { policy.replacement = replacement }
        policy.spares = fields["spares"]?.spares() ?? [:]
        policy.scheduledActions = fields["scheduledActions"]?.scheduledActions() ?? []
        fields.read("lease", into: &policy.lease, .milliseconds(600) ... .seconds(300), "a lease")
        fields.read("echoLimit", into: &policy.echoLimit, .milliseconds(100) ... .seconds(300), "an echo's limit")
        fields.read(
            "systemSilence", into: &policy.systemSilence, .seconds(1) ... .seconds(3600), "the broker's silence")
        let http = fields["http"]?.listenAddress()
        let telemetry = fields["telemetry"]?.telemetry()
        guard let site, let id, let access else { return nil }
        return FleetFile(
            site: site, id: id, priority: priority ?? FleetFile.defaultPriority, access: access, stateDirectory: state,
            http: http, telemetry: telemetry, policy: policy)
    }

    private func listenAddress() -> ListenAddress? {
        let example = "127.0.0.1:9464"
        guard let fields = fields(["listen"], example: "{listen: \(example)}"),
            let listen = fields.required("listen", example: example),
            let text = listen.text("an address", example: example)
        else { return nil }
        if let address = ListenAddress(text: text) { return address }
        listen.fail(
            .malformed, "is no address to listen at", allowed: ListenAddress.textForms,
            remedy: "Write listen: \(example)")
        return nil
    }

    private func healthPolicy() -> HealthPolicy? {
        let known = [
            "interval", "timeout", "healthyThreshold", "unhealthyThreshold", "healthCheckGracePeriod",
            "defaultInstanceWarmup", "missedReports", "restartLimit",
        ]
        guard let fields = fields(known, example: "{interval: 10s, timeout: 5s}") else { return nil }
        var policy = HealthPolicy()
        fields.read("interval", into: &policy.interval, .milliseconds(200) ... .seconds(3600), "an interval")
        fields.read("timeout", into: &policy.timeout, .milliseconds(100) ... .seconds(600), "a timeout")
        fields.read("healthyThreshold", into: &policy.healthyThreshold, 1...10, "a threshold")
        fields.read("unhealthyThreshold", into: &policy.unhealthyThreshold, 1...10, "a threshold")
        fields.read(
            "healthCheckGracePeriod", into: &policy.healthCheckGracePeriod, .zero ... .seconds(7200), "a grace period")
        fields.read(
            "defaultInstanceWarmup", into: &policy.defaultInstanceWarmup, .zero ... .seconds(7200), "a warmup")
        fields.read("missedReports", into: &policy.missedReports, 1...100, "a number of reports")
        fields.read("restartLimit", into: &policy.restartLimit, 1...100, "a number of starts")
        if policy.timeout > policy.interval {
            faults.add(
                .conflict, at: fields["timeout"]?.node.mark ?? node.mark, field: "\(path).timeout",
                found: policy.timeout.text, problem: "is longer than the interval of \(policy.interval.text)",
                allowed: "a check ends before the next begins", remedy: "Write timeout: \(policy.interval.text) or less"
            )
        }
        return policy
    }

    private func checkRules() -> [(String, CheckRule)]? {
        named("checks", example: "{temperature: {counts: true, maximum: 80}}")?.compactMap { name, field in
            guard
                let fields = field.fields(["counts", "maximum", "minimum"], example: "{counts: true, maximum: 80}")
            else { return nil }
            guard HealthCheck(named: name) != nil else {
                let known = HealthCheck.allCases.map(\.rawValue)
                faults.add(
                    .unknownField, at: field.keyMark, field: field.path, found: Excerpt.of(name),
                    problem: "is no check", allowed: "a check is \(oneOf(known))",
                    remedy: Spelling.nearest(to: name, in: known).map { "Did you mean \($0)?" } ?? "Remove it")
                return nil
            }
            let base = CheckRule.defaults[name]
            let yesNo = [("true", true), ("false", false)].map { (name: $0.0, value: $0.1) }
            let counts = fields["counts"]?.choice("whether a check counts", of: yesNo)
            return (
                name,
                CheckRule(
                    counts: counts ?? base?.counts ?? true,
                    maximum: fields["maximum"]?.decimal("a figure's maximum") ?? base?.maximum,
                    minimum: fields["minimum"]?.decimal("a figure's minimum") ?? base?.minimum)
            )
        }
    }

    private func replacementPolicy() -> ReplacementPolicy? {
        let times: [(String, WritableKeyPath<ReplacementPolicy, Duration>)] = [
            ("silentDelay", \.silentDelay), ("restartTimeout", \.restartTimeout), ("rebootTimeout", \.rebootTimeout),
            ("spareTimeout", \.spareTimeout), ("updateTimeout", \.updateTimeout), ("relapse", \.relapse),
            ("escalation", \.escalation),
        ]
        let shares: [(String, WritableKeyPath<ReplacementPolicy, Double>)] = [
            ("maximumShare", \.maximumShare), ("silentShare", \.silentShare), ("togetherShare", \.togetherShare),
        ]
        guard let fields = fields(shares.map(\.0) + times.map(\.0) + ["giveBackDelay"], example: "{silentDelay: 60s}")
        else { return nil }
        var policy = ReplacementPolicy()
        if let field = fields["giveBackDelay"] {
            policy.giveBackDelay =
                field.node.text == "never"
                ? nil : field.duration(in: .zero ... .seconds(86_400), "a time, or never,", example: "10m")
        }
        for (name, key) in shares {
            if let share = fields[name]?.percentage("a share of a group", example: "10%") {
                policy[keyPath: key] = share.value
            }
        }
        for (name, key) in times {
            fields.read(name, into: &policy[keyPath: key], .zero ... .seconds(86_400), "a time")
        }
        return policy
    }

    /// The spares, each with the places that it can stand in for.
    private func spares() -> [String: [String]?]? {
        let example = "{spare-01: any, spare-02: [stair-03, stair-04/bar]}"
        guard let entries = named("spares", example: example) else { return nil }
        var spares: [String: [String]?] = [:]
        for (name, field) in entries where field.key(name, "a node's name", example: "spare-01") {
            if field.node.text != nil {
                if field.choice("what a spare can stand in for", of: [(name: "any", value: true)]) == true {
                    spares[name] = .some(nil)
                }
            } else if let places = field.places() {
                spares[name] = places
            }
        }
        return spares
    }

    private func places() -> [String]? {
        list(of: "places", example: "[stair-03, stair-04/bar]")?.compactMap { item in
            guard let text = item.text("a place", example: "stair-03") else { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy({ NameRule.allows($0) }) else {
                item.fail(
                    .malformed, "is no place", allowed: "a place is named node or node/bar, as in the site file",
                    remedy: "Write stair-03 or stair-03/bar, for instance")
                return nil
            }
            return text
        }
    }

    private func scheduledActions() -> [ScheduledAction]? {
        let example = "{name: night, group: stairs, action: sleep, recurrence: \"0 1 * * *\"}"
        guard let items = list(of: "scheduledActions", example: "[\(example)]") else { return nil }
        let actions = items.compactMap { item -> (field: Field, value: ScheduledAction)? in
            let known = ["name", "group", "action", "recurrence", "timeZone"]
            guard let fields = item.fields(known, example: example) else { return nil }
            let name = fields.required("name", example: "night")?.name("a scheduled action's name", example: "night")
            let group = fields["group"]?.name("a group (a zone's name)", example: "stairs")
            let kinds = ScheduledAction.Kind.allCases.map { (name: $0.rawValue, value: $0) }
            let kind = fields.required("action", example: "sleep")?.choice("an action", of: kinds)
            let recurrence = fields.required("recurrence", example: "\"0 1 * * *\"")?.cronExpression()
            let timeZone = fields["timeZone"]?.timeZone()
            guard let name, let kind, let recurrence else { return nil }
            let action = ScheduledAction(
                name: name, zone: group, kind: kind, recurrence: recurrence, timeZone: timeZone)
            return (fields["name"] ?? item, action)
        }
        return distinct(actions, name: \.name, "a scheduled action has a name of its own")
    }

    private func cronExpression() -> CronExpression? {
        guard let text = text("a recurrence", example: "\"0 1 * * *\"") else { return nil }
        if let expression = CronExpression(text: text) { return expression }
        fail(
            .malformed, "is no cron expression, or of a day that never comes", allowed: CronExpression.form,
            remedy: write("\"0 1 * * *\""))
        return nil
    }

    private func decimal(_ what: String) -> Double? {
        guard let text = text(what, example: "80") else { return nil }
        if let scaled = DecimalText.scaled(text, by: 1_000_000) { return Double(scaled) / 1_000_000 }
        fail(.malformed, "is no number", allowed: "\(what) is a number such as 80 or 0.5", remedy: write("80"))
        return nil
    }
}

extension FieldMap {
    /// Reads a duration where the file has one.
    fileprivate func read(_ key: String, into value: inout Duration, _ range: ClosedRange<Duration>, _ what: String) {
        value = self[key]?.duration(in: range, what, example: value.text) ?? value
    }

    /// Reads a number where the file has one.
    fileprivate func read(_ key: String, into value: inout Int, _ range: ClosedRange<Int>, _ what: String) {
        value = self[key]?.integer(in: range, what, example: "\(value)") ?? value
    }
}
