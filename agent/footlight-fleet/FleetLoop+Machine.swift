internal import Configuration
internal import Fleet
internal import Lighting
internal import Logging

/// What the loop needs of the machine that it runs on.
extension FleetLoop {
    func loadTimeZone(_ name: String?, at now: MeshInstant) {
        guard let civil = CivilClock.system(timeZone: name, from: now) else {
            log.warning("no time zone \"\(name ?? "")\" in /usr/share/zoneinfo; install tzdata, or mend the file")
            return
        }
        handle(.civilClock(timeZone: name, civil))
    }

    func tell(_ news: KeptFile.News) {
        switch news {
        case .failed(let why): log.warning("what is known can't be kept for the next start: \(why); tried again")
        case .recovered: log.notice("what is known is kept for the next start again")
        }
    }
}
