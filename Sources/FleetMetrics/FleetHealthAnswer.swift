internal import Fleet

/// What `/health` answers: whether the fleet agent itself does its work, and how the fleet is.
///
/// - Source: I. Nadareishvili, "Health Check Response Format for HTTP APIs", draft-inadarei-api-health-check-06.
struct FleetHealthAnswer: Encodable {
    /// How it is.
    enum Status: String, Encodable {
        /// All is well.
        case pass
        /// The agent is well; the fleet isn't.
        case warn
        /// The agent sees too badly to judge anything.
        case fail
    }

    /// A group.
    struct Group: Encodable {
        let desiredCapacity: Int
        let inService: Int
        let healthy: Int
        let standby: Int
        let sleeping: Bool
        let holding: String?
        let attention: String?
    }

    let status: Status
    /// What is the matter with the agent's view, or what somebody should see to.
    let output: String?
    let serviceId: String
    let version: String
    let site: String
    let leads: Bool
    let leader: String?
    let groups: [String: Group]

    init(_ view: FleetView) {
        let problem = view.isConnected ? view.problem : "no broker"
        status = problem != nil ? .fail : view.isFine && view.leader != nil && view.remark == nil ? .pass : .warn
        output = problem ?? (view.leader == nil ? "no fleet agent leads" : view.remark)
        serviceId = view.id
        version = view.version
        site = view.site
        leads = view.isLeading
        leader = view.leader
        groups = view.groups.mapValues { group in
            Group(
                desiredCapacity: group.desiredCapacity, inService: group.inService, healthy: group.healthy,
                standby: group.standbyCount,
                sleeping: group.sleeping, holding: group.holding, attention: group.attention)
        }
    }
}
