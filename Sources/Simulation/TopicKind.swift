/// What a message is about, as far as the world cares.
enum TopicKind: Sendable {
    case clock
    case status
    case action
    case override
    case other

    init(_ topic: String) {
        if topic.contains("/clock/") {
            self = .clock
        } else if topic.hasSuffix("/status") {
            self = .status
        } else {
            self = topic.hasSuffix("/action") ? .action : topic.hasSuffix("/override") ? .override : .other
        }
    }
}
