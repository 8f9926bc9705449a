/// What a node has learnt of the broker since its last connect. With another connection all of it begins anew, as a whole.
struct SessionKnowledge: Sendable {
    /// Whether the site's list of zones has come, and none older than the node's own.
    var siteSeen = false
    /// Of which nodes' places the broker has said who fills them.
    var placesSeen: Set<String> = []
    /// The nodes of whose places it has an older word than this node.
    var outdatedPlaces: Set<String> = []
    /// Places that it had nothing of when all it keeps should have come: what comes late may be older than they are.
    var withdrawnPlaces: [String: (message: PlacesMessage, original: [UInt8]?)] = [:]
    /// Whether the node's birth has come back, and with it who else is online.
    var knowsWhoIsThere = false
    /// The nodes whose statuses have come.
    var heardHere: Set<String> = []
    /// The zones that it has though the site has them no more.
    var removedZones: Set<String> = []
    /// The topics of commands and actions that it has kept: nobody obeys those.
    var retainedActions: Set<String> = []
    /// Whether the node has restored what it lacked.
    var isRestored = false
}
