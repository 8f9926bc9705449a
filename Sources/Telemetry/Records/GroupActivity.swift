public import Fleet
internal import Mesh

/// Something that the leading fleet agent does to a node of a group, as it stood at the record's instant.
public struct GroupActivity: Codable, Sendable, Hashable {
    /// The group: its zone's name.
    public var zone: String
    /// The activity. Several records of one `id` are its course.
    public var activity: Activity

    /// An activity's state.
    public init(zone: String, activity: Activity) {
        self.zone = zone
        self.activity = activity
    }

    func check() throws(MessageError) {
        try RecordText.checkName(zone, field: "body.zone")
        try RecordText.checkName(activity.node, field: "body.activity.node")
        try RecordText.checkLength(activity.id, 1...200, field: "body.activity.id")
        _ = try checkInstant(activity.began, field: "body.activity.began")
        if let ended = activity.ended { _ = try checkInstant(ended, field: "body.activity.ended") }
    }
}
