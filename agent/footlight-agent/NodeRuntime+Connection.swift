internal import Configuration
internal import MQTT
internal import Node
internal import NodeFile

extension NodeRuntime {
    /// The way to the broker, not yet taken.
    ///
    /// - Throws: `MQTTError`.
    static func connection(
        of node: String, in file: AgentFile, _ machine: borrowing NodeMachine
    ) throws -> MQTTConnection {
        var configuration = try file.access.configuration(clientID: "footlight-\(file.site)-\(node)")
        configuration.will = machine.will
        return try MQTTConnection(configuration)
    }
}
