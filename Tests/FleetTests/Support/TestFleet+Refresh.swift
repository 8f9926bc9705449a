import Lighting
import Mesh

@testable import Fleet

extension TestFleet {
    /// What becomes of an update that a node is asked for.
    enum Update {
        /// It comes up with this version.
        case comesUp(String)
        /// It says farewell, and never comes up again.
        case dies
        /// It won't.
        case refuses(String)
    }

    /// What was seen while a refresh was followed: who was asked, in order, how many were away at most, and whether any
    /// two of them were neighbours.
    typealias Course = (order: [String], most: Int, neighbours: Bool)

    mutating func startRefresh(
        version: String = "2", _ configure: (inout RefreshMessage.Preferences) -> Void = { _ in }
    ) -> ResultMessage? {
        var command = FleetCommand(.startRefresh, id: "start-\(now.nanoseconds)", zone: "stairs")
        command.version = version
        var preferences = RefreshMessage.Preferences()
        configure(&preferences)
        command.preferences = preferences
        return self.command(command)
    }

    var refresh: RefreshMessage? { group("stairs")?.refresh }

    /// Nodes that answer take the updates that they are sent; `update` says what becomes of each.
    @discardableResult
    mutating func follow(seconds: Double, update: (String, String) -> Update = { .comesUp($1) }) -> Course {
        follow(seconds: seconds, until: { _ in false }, update: update)
    }

    /// The same, until it is enough.
    @discardableResult
    mutating func follow(
        seconds: Double, until isEnough: (TestFleet) -> Bool, update: (String, String) -> Update = { .comesUp($1) }
    ) -> Course {
        var course: Course = ([], 0, false)
        let end = now + .nanoseconds(Int64(seconds * 1e9))
        while now < end, !isEnough(self) {
            run(seconds: 1)
            let open = activities().filter { $0.isOpen && $0.kind == .update }.map(\.node)
            course.most = max(course.most, open.count)
            let places = open.compactMap { core.groups["stairs"]?.members.firstIndex(of: $0) }.sorted()
            if zip(places, places.dropFirst()).contains(where: { $1 == $0 + 1 }) { course.neighbours = true }
            for node in nodes.keys.sorted() where nodes[node]?.answers == true {
                for action in actions(for: node) where !done.contains(action.id + node) {
                    done.insert(action.id + node)
                    guard action.action == "update" else {
                        reboot(node)
                        continue
                    }
                    course.order.append(node)
                    switch update(node, action.version ?? "") {
                    case .comesUp(let version): reboot(node, version: version)
                    case .dies: leave(node)
                    case .refuses(let why):
                        hear(.result(node: node), ResultMessage(id: action.id, done: false, error: why))
                    }
                }
            }
        }
        return course
    }

    /// The node says farewell, and is gone.
    mutating func leave(_ node: String) {
        nodes[node]?.answers = false
        hear(.status(node: node), status(node, .offline))
    }
}
