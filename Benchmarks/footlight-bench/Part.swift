internal import ArgumentParser

/// A part of the bench, which can be run alone.
enum Part: String, CaseIterable, Encodable, Sendable, ExpressibleByArgument {
    /// All bars of a zone at one instant.
    case together
    /// One bar after the other.
    case wave
    /// From a sensor's edge to the first frame, on its own node and on another.
    case edge
    /// Memory and CPU of an agent.
    case footprint
    /// The same as `together`, over simulated Wi-Fi.
    case wireless
    /// 10, 100 and 1000 bars on one broker.
    case scale
    /// The clocks' reference killed, again and again, in the midst of activations.
    case takeover
    /// What 1000 nodes cost their fleet agent.
    case fleet
    /// The backend beside its database.
    case backend
    /// The backend's memory over ten million records on each store: a quarter of an hour and more, so only where it is named.
    case endurance

    /// What is run where none is named.
    static let usual = Set(allCases).subtracting([.endurance])
}
