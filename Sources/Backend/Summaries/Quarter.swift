internal import Lighting
internal import Telemetry

/// A quarter of an hour of a site: what is summed up at once, and anew whenever a record of it comes in. It divides the
/// hours of every time zone.
struct Quarter: Sendable, Hashable {
    /// How long it is, in nanoseconds.
    static let nanoseconds: Int64 = 900_000_000_000
    /// How many make a day.
    static let perDay: Int64 = 96

    /// The site.
    var site: String
    /// Which since 1970, counted from 0.
    var number: Int64

    /// Its start, nanoseconds since 1970.
    var start: Int64 { number * Quarter.nanoseconds }
    /// Its end, nanoseconds since 1970.
    var end: Int64 { start + Quarter.nanoseconds }
    /// The day that it is of, UTC, counted from 1970.
    var day: Int64 { number / Quarter.perDay }

    /// Those that records have a part in: a first light in that of its activation, too.
    static func all(of records: [ReceivedRecord]) -> Set<Quarter> {
        var all: Set<Quarter> = []
        for record in records {
            all.insert(Quarter(site: record.key.site, number: record.at.nanoseconds / nanoseconds))
            if case .light(let light) = record.body {
                all.insert(Quarter(site: record.key.site, number: light.activation / nanoseconds))
            }
        }
        return all
    }
}
