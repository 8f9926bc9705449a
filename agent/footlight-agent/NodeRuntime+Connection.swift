internal import Configuration
internal import MQTT
internal import Mesh
internal import NodeFile

extension NodeRuntime {
    /// The way to the broker, not yet taken.
    ///
    /// - Throws: `MQTTError`.
    static func connection(of node: String, in file: AgentFile, core: NodeCore) throws -> MQTTConnection {
        var configuration = try file.access.configuration(clientID: "footlight-\(file.site)-\(node)")
        configuration.will = { MQTTMessage(core.will(connection: $0)) }
        return try MQTTConnection(configuration)
    }
}
