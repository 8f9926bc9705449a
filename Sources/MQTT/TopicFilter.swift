/// The test whether a topic falls under a filter: a prefix by levels, with `+` and `#`.
///
/// - Source: MQTT 5, section 4.7.
public enum TopicFilter {
    /// True if a subscription to `filter` receives messages on `topic`.
    public static func matches(_ filter: String, _ topic: String) -> Bool {
        var filterBytes = filter.utf8[...]
        var topicBytes = topic.utf8[...]
        if topicBytes.first == UInt8(ascii: "$"), let first = filterBytes.first,
            first == UInt8(ascii: "+") || first == UInt8(ascii: "#")
        {
            return false
        }
        let slash = UInt8(ascii: "/")
        while true {
            let level = filterBytes.prefix { $0 != slash }
            if level.elementsEqual([UInt8(ascii: "#")]) { return true }
            let name = topicBytes.prefix { $0 != slash }
            if !level.elementsEqual([UInt8(ascii: "+")]), !level.elementsEqual(name) { return false }
            filterBytes = filterBytes[level.endIndex...]
            topicBytes = topicBytes[name.endIndex...]
            switch (filterBytes.isEmpty, topicBytes.isEmpty) {
            case (true, true): return true
            case (true, false): return false
            case (false, true): return filterBytes.elementsEqual("/#".utf8)
            case (false, false):
                filterBytes = filterBytes.dropFirst()
                topicBytes = topicBytes.dropFirst()
            }
        }
    }
}
