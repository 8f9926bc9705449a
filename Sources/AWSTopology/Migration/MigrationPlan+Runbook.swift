extension MigrationPlan {
    /// A file of the plan.
    public struct File: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The contents.
        public var contents: String
    }

    /// The runbook, and a template for each step that updates the stack.
    ///
    /// - Parameter emit: Writes a topology as a template: the CloudFormation emitter, or by default a plain list of what
    ///   stands where.
    public func files(emit: (Topology) -> String = MigrationPlan.outline) -> [File] {
        let emit = hasTemplates ? emit : Self.outline
        var files = [File(name: "runbook.md", contents: runbook), File(name: template(-1), contents: emit(from))]
        for (index, step) in steps.enumerated() where step.action == .stackUpdate {
            files.append(File(name: template(index), contents: emit(step.state)))
        }
        return files
    }

    /// Whether the stack's templates are Footlight's own. Another's have more in them than the model has words for, and a
    /// template without that would delete it: so what stands where is written instead, to be put into the stack's own.
    var hasTemplates: Bool { from.addressPlan != nil && to.addressPlan != nil }

    /// The name of the template of the last stack update up to a step; -1 is what stands before.
    func template(_ index: Int) -> String {
        guard index >= 0 else { return "00-before.yaml" }
        return "\(number(index))-\(Self.slug(steps[index].title)).yaml"
    }

    private static func slug(_ title: String) -> String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.prefix(8).joined(separator: "-")
    }

    /// The steps for the person who does them, in Markdown.
    public var runbook: String {
        var text = """
            # \(from.name): from \(Self.zones(from)) to \(Self.zones(to))

            \(steps.count) steps, \(seconds.lowerBound.asTime) to \(seconds.upperBound.asTime) in all. After each step its \
            checks must hold before the next one begins; where they don't, wait, or take the way back.

            Before you begin, in a shell with the AWS command line:

            ```sh
            stack=\(from.name)
            \(identifiers)
            \(hasTemplates ? Self.update : "")
            ```

            \(hasTemplates ? Self.ownTemplates : Self.theirTemplates)

            Load balancers leave a zone slowly: \
            clients hold names and connections. If an interface of one stays in a subnet for more than half an hour, don't \
            delete it by hand: put the load balancer back into the zone and take it out again, or ask AWS.

            ## Subnets


            """
        text += Self.markdown(moveRows)
        let conflicts = oneStep.conflicts
        if !conflicts.isEmpty {
            text += "\n## Why not in one step\n\nCloudFormation makes what is new before it deletes what is old. "
            text += "One update would fail, and roll back, for:\n\n"
            text += conflicts.map { "- \($0.kind.rawValue): \($0.description)\n" }.joined()
        }
        text += "\n## How long little carries\n\n" + thinness.split(separator: "\n").map { "- \($0)\n" }.joined()
        text += risk
        text += "\n## Progress\n\n"
        for (index, step) in steps.enumerated() {
            text += "- [ ] \(number(index)) \(step.title) (\(step.duration.briefly))\n"
        }
        for index in steps.indices { text += "\n" + section(index) }
        return text
    }

    /// How a resource's id is found: by the stack, or from a table where a state has told it.
    private var identifiers: String {
        guard !from.ids.isEmpty else {
            return """
                id() { aws cloudformation describe-stack-resource --stack-name "$stack" --logical-resource-id "$1" \\
                  --query StackResourceDetail.PhysicalResourceId --output text; }
                """
        }
        let named = Set(moves.map(\.subnet) + from.databaseInstances.map(\.name) + from.loadBalancers.map(\.name))
        let rows = from.ids.filter { named.contains($0.key) }.sorted { $0.key < $1.key }
        return "id() { case \"$1\" in\n" + rows.map { "  '\($0.key)') echo '\($0.value)' ;;\n" }.joined()
            + "  *) echo \"$1\" ;; esac; }"
    }

    private static let update = """
        update() { aws cloudformation deploy --stack-name "$stack" --template-file "$1" \\
          --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset; }
        """

    private static let ownTemplates = """
        A template of more than 51,200 bytes needs `--s3-bucket` with a bucket of yours. `00-before.yaml` is what stands \
        now; compare it with the stack's template.
        """

    private static let theirTemplates = """
        The stack's template, or Terraform's configuration, is yours, and has more in it than is said here. Make each step's \
        changes in it, and deploy it: the step's file says what must stand where. Do not deploy these files.
        """

    private func section(_ index: Int) -> String {
        let step = steps[index]
        var text = "## \(number(index)) \(step.title)\n\n\(step.why)\n\n"
        if let interruption = step.interruption { text += "**Interruption:** \(interruption).\n\n" }
        text += "Before:\n\n" + step.preconditions.map(Self.markdown).joined() + "\nDo (\(step.duration.briefly)):\n\n"
        switch step.action {
        case .stackUpdate where hasTemplates: text += "```sh\nupdate \(template(index))\n```\n"
        case .stackUpdate: text += "What must stand: `\(template(index))`. The changes:\n"
        case .failover(let database):
            text += """
                ```sh
                aws rds reboot-db-instance --db-instance-identifier \(MigrationChecks.id(database.name)) --force-failover
                aws rds wait db-instance-available --db-instance-identifier \(MigrationChecks.id(database.name))
                ```

                """
        }
        if !step.changes.isEmpty {
            text += "\n"
            for change in step.changes {
                let what = change.properties.isEmpty ? "" : ": \(change.properties.joined(separator: ", "))"
                text += "- \(change.action.rawValue) `\(change.name)`\(what)\n"
            }
        }
        text += "\nAfter:\n\n" + step.checks.map(Self.markdown).joined()
        text += "\nThe way back: \(back(index, step))\n\n"
        text += "While this stands, the loss of a zone would mean:\n\n"
        let rows = step.exposure.map { exposure in
            [
                exposure.zone.name, exposure.down.isEmpty ? "nothing" : briefly(exposure.down),
                exposure.capacityLeft.percent,
                exposure.wholeAgain.map { $0 > 0 ? $0.asTime : "nothing to replace" } ?? "when the zone is back",
            ]
        }
        text += Self.markdown(
            [["zone", "down besides what was before", "instances left", "groups whole again (median)"]] + rows)
        if !step.findings.isEmpty {
            text += "\nThe lint says meanwhile:\n\n" + step.findings.map { "- \($0)\n" }.joined()
        }
        return text
    }

    /// The way back with the name of the template that leads there.
    private func back(_ index: Int, _ step: MigrationStep) -> String {
        guard step.action == .stackUpdate else { return step.wayBack }
        let before = (0..<index).last { steps[$0].action == .stackUpdate } ?? -1
        return step.wayBack.replacing("the template before this one", with: "`\(template(before))`")
            .replacing("the template that stood before", with: "`\(template(before))`")
    }

    private static func markdown(_ check: MigrationStep.Check) -> String {
        "- \(check.what)\n" + (check.command.map { "  `\($0)`\n" } ?? "")
    }

    private static func markdown(_ rows: [[String]]) -> String {
        guard let heading = rows.first else { return "" }
        let lines = [heading, heading.map { _ in "---" }] + rows.dropFirst()
        return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }

    /// A topology as a plain list of its subnets and of what spans them, for people, and for want of a template.
    public static func outline(_ topology: Topology) -> String {
        func list<R>(_ references: [Reference<R>]) -> String {
            "[" + references.map(\.name).joined(separator: ", ") + "]"
        }
        var text = "# Not a template: what stands where.\nname: \(topology.name)\nsubnets:\n"
        for subnet in topology.subnets {
            text += "  \(subnet.name): {cidrBlock: \(subnet.network?.description ?? "?"), "
            text += "availabilityZone: \(subnet.zone?.name ?? "?"), routeTable: \(subnet.routeTable?.name ?? "main")}\n"
        }
        text += "spans:\n"
        for balancer in topology.loadBalancers { text += "  \(balancer.name): \(list(balancer.subnets))\n" }
        for group in topology.autoScalingGroups { text += "  \(group.name): \(list(group.subnets))\n" }
        for endpoint in topology.interfaceEndpoints { text += "  \(endpoint.name): \(list(endpoint.subnets))\n" }
        for group in topology.databaseSubnetGroups { text += "  \(group.name): \(list(group.subnets))\n" }
        text += "natGateways:\n"
        for gateway in topology.natGateways { text += "  \(gateway.name): \(gateway.subnet)\n" }
        text += "databases:\n"
        for database in topology.databaseInstances { text += "  \(database.name): {multiAZ: \(database.multiAZ)}\n" }
        return text
    }
}
