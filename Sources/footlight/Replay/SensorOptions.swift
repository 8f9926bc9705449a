internal import ArgumentParser
internal import Configuration
internal import Lighting
internal import Mesh

/// Which of the log's sensors are replayed, and as what.
struct SensorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The log's sensors to take, whatever they are called.", valueName: "NAME,…"))
    var sensors: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a sensor of the log is on the mesh: M003=stair-01/bottom. Repeat it, or put commas.",
            valueName: "NAME=NODE/SENSOR"))
    var map: [String] = []

    @Option(help: ArgumentHelp("The zone whose sensors are taken, with --map and --site-file.", valueName: "NAME"))
    var zone: String?

    @Option(help: ArgumentHelp("The site file that has the zone.", valueName: "FILE"), completion: .file())
    var siteFile: String?

    func validate() throws {
        if !sensors.isEmpty, !map.isEmpty {
            throw ValidationError("--sensors and --map both choose the sensors; leave one out.")
        }
        if zone != nil, map.isEmpty || siteFile == nil {
            throw ValidationError("--zone needs --site-file and --map: which sensors of the log are the zone's?")
        }
        if siteFile != nil, zone == nil { throw ValidationError("--site-file needs --zone: which of its zones?") }
    }

    /// What the options choose.
    ///
    /// - Throws: `ValidationError`, ``Failure``, `ConfigurationErrors`.
    func selection() throws -> SensorSelection {
        var places = try pairs()
        let names = sensors.flatMap { $0.split(separator: ",").map(String.init) }
        guard let zone, let siteFile else {
            return SensorSelection(names: Set(names).union(places.keys), places: places)
        }
        let file = try SiteFile(path: siteFile)
        guard let found = file.zones[zone] else {
            throw Failure(
                .usage,
                "\(siteFile) has no zone \"\(zone)\"; it has \(file.zones.keys.sorted().joined(separator: ", "))")
        }
        places = places.filter { found.sensors[$0.value] != nil }
        guard !places.isEmpty else {
            throw Failure(
                .usage,
                "--map names no sensor of zone \(zone); it has \(found.sensors.keys.sorted().joined(separator: ", "))")
        }
        return SensorSelection(names: Set(places.keys), places: places, zone: found, site: file.site)
    }

    private func pairs() throws -> [String: String] {
        var places: [String: String] = [:]
        for text in map.flatMap({ $0.split(separator: ",").map(String.init) }) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, Name.place(parts[1])?.part != nil else {
                throw Failure(
                    .usage, "--map \(text) is not NAME=NODE/SENSOR, such as M003=stair-01/bottom (names: \(Name.rule))")
            }
            if let other = places.first(where: { $0.key == parts[0] || $0.value == parts[1] }) {
                throw Failure(
                    .usage, "--map \(text) and \(other.key)=\(other.value): each sensor stands for one other")
            }
            places[parts[0]] = parts[1]
        }
        return places
    }
}
