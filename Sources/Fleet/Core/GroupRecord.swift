internal import Lighting
internal import Mesh

/// What the fleet agent knows of a group.
struct GroupRecord: Sendable {
    var zone: Zone
    /// The configuration's revision; 0: it has none.
    var revision: Int64 = 0
    var message: GroupMessage
    /// What was published of it.
    var published: GroupMessage?
    /// The nodes that fill its places, in the order of its bars, those with sensors only last.
    var members: [String] = []
    /// The places of bars that no node fills.
    var vacantBars: [String] = []
    /// The places of sensors that no node fills.
    var vacantSensors: [String] = []
    /// Since when there are such places; nil: there are none.
    var vacantSince: MeshInstant?
    /// The places that no node fills.
    var vacant: [String] { vacantBars + vacantSensors }
    /// What holds back, and since when.
    var hold: (reason: String, since: MeshInstant)?
    /// Until when what held back under the last leader does so still, whatever is known of it.
    var inheritsUntil = MeshInstant.distantPast
    /// Until when nobody's silence counts: what held the group back, or the last leader, has just gone, and nodes come
    /// back one after another.
    var settlesAt = MeshInstant.distantPast
    /// Whether its refresh was held back by what isn't its fault; the hour of patience begins when that ends.
    var isRefreshHeld = false
    /// Since when it is awake after a sleep, until that was told of.
    var wokeAt: MeshInstant?
}
