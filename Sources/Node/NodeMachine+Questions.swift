public import Lighting
public import MQTT
internal import Mesh

/// What the edge and the simulator may ask of a node.
extension NodeMachine {
    /// The node's name.
    public var name: String { core.node }

    /// True if the node has a connection that a broker has accepted.
    public var isOnline: Bool { session != nil }

    /// Returns what the bar at `index` shows in the frame that was drawn last.
    ///
    /// - Parameter byPixel: whether the light of its pixels is wanted, too.
    public func look(ofBar index: Int, byPixel: Bool = false) -> BarLook {
        BarLook(ofBar: index, in: core, byPixel: byPixel)
    }

    /// Returns whether a bar is on its way from one light to another.
    public func isMoving(at now: Int64) -> Bool { core.isMoving(at: clock.mesh(at: now)) }

    /// Returns whether the last of the bars has come to rest.
    public func isAtRest(at now: Int64) -> Bool { core.restsAt <= clock.mesh(at: now) && !isDrawing }

    /// The monotonic instant at which the last of the bars comes to rest.
    public var restsAt: Int64 { clock.monotonic(of: core.restsAt) }

    /// Returns mesh time at a monotonic instant.
    public func mesh(at monotonic: Int64) -> MeshInstant { clock.mesh(at: monotonic) }

    /// Returns the first monotonic instant at which mesh time is `instant` or later, as things stand.
    public func monotonic(of instant: MeshInstant) -> Int64 { clock.monotonic(of: instant) }

    /// True while something is to be told that has to be on the disk first.
    public var awaitsSaving: Bool { core.awaitsSaving }

    /// True if nodes with a part in one of its zones aren't at this broker: off, or at another.
    public var missesOthers: Bool { core.missesOthers }

    /// The wills, of each connection by its number.
    public var will: @Sendable (Int) -> MQTTMessage {
        { [description = core.description] in MQTTMessage(description.will(connection: $0)) }
    }

    /// Returns the farewell of a node that ends in good order.
    public func farewell() -> MQTTMessage { MQTTMessage(core.farewell()) }
}

extension BarLook {
    init(ofBar index: Int, in core: NodeCore, byPixel: Bool) {
        self.init(light: core.light(ofBar: index), pixel: byPixel ? core.pixels(ofBar: index) : nil)
    }
}
