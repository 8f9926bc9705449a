import Glibc

/// Whether the long versions of the fleet's tests are wanted: `make fleet-soak`.
enum FleetSoak {
    static let isOn = getenv("FOOTLIGHT_FLEET_SOAK") != nil
}
