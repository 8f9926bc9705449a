import Glibc

/// A `footlight-backend` whose tables were of version 1: `scripts/previous-release backend`.
enum EarlierBackend {
    /// Its path: `make rolling` says its folder in the environment; nil: it isn't wanted.
    static let path = getenv("FOOTLIGHT_EARLIER_BACKEND").map { String(cString: $0) + "/footlight-backend" }
}
