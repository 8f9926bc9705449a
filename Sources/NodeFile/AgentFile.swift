public import Configuration
public import Documents
public import Hardware
public import MQTT
public import Mesh

/// The file of one `footlight-agent`: which node it plays, or which ones, and what is connected to it.
///
/// ```yaml
/// site: home
/// node: stair-01
/// brokers: [mqtt://127.0.0.1:1883]
/// bars:
///   - name: bar
///     channels: white
///     output: {driver: trace, path: /tmp/stair-01.jsonl}
/// sensors:
///   - name: bottom
///     input: {driver: mqtt, topic: zigbee2mqtt/hall-pir, field: occupancy, on: true, off: false}
/// ```
///
/// With a trigger wire, or without the network:
///
/// ```yaml
/// wire: {chip: gpiochip0, line: 27}
/// network: off
/// siteFile: /etc/footlight/site.yaml
/// ```
///
/// With a fleet agent that may reboot and update it:
///
/// ```yaml
/// commands: {reboot: [/usr/bin/systemctl, reboot], update: [/usr/local/sbin/footlight-update]}
/// versionFile: /etc/footlight-version
/// ```
///
/// An agent that plays several nodes has `nodes: [{node: …, bars: […], sensors: […]}, …]` in place of the three.
public struct AgentFile: Sendable, Hashable {
    /// The priorities that may be asked for.
    public static let priorityRange = 0...100
    /// The priority of a file that says nothing: in the middle, so that others can be set above and below it.
    public static let defaultPriority = 50
    /// The frame rates that may be asked for.
    public static let frameRateRange = Hertz(25)...Hertz(400)
    /// The frame rate of a file that says nothing.
    public static let defaultFrameRate = Hertz(100)

    /// The site's name.
    public var site: String
    /// The brokers, to be tried in turn: at least one, unless the network is off.
    public var brokers: [BrokerAddress]
    /// The user name that brokers know the agent by; nil: none.
    public var username: String?
    /// The path of the file that holds the password.
    public var passwordFile: String?
    /// The files that `mqtts` brokers are checked against; nil: the system's authorities.
    public var tls: TLSFiles?
    /// The agent's rank as a time reference, 0…100; the higher goes first.
    public var priority: Int
    /// The folder in which the agent keeps what it knew last; nil: it keeps nothing.
    public var stateDirectory: String?
    /// The rate at which bars are drawn while they change.
    public var frameRate: Hertz
    /// The nodes, at least one, of different names.
    public var nodes: [NodeConfiguration]
    /// The agent's use of the network.
    public var network: NetworkUse
    /// The trigger wire; nil: none.
    public var wire: WireConfiguration?
    /// The path of the site file; nil: the broker tells of zones.
    public var siteFile: String?
    /// The programs that reboot and update the node, each with its arguments.
    public var commands: [NodeCommand.Kind: [String]]
    /// The path of a file whose first line is the version of what the node runs; nil: it is the agent's own.
    public var versionFile: String?

    /// An agent's configuration made in code.
    public init(
        site: String, brokers: [BrokerAddress], username: String? = nil, passwordFile: String? = nil,
        tls: TLSFiles? = nil, priority: Int = defaultPriority, stateDirectory: String? = nil,
        frameRate: Hertz = defaultFrameRate, nodes: [NodeConfiguration], network: NetworkUse = .on,
        wire: WireConfiguration? = nil, siteFile: String? = nil, commands: [NodeCommand.Kind: [String]] = [:],
        versionFile: String? = nil
    ) {
        self.site = site
        self.brokers = brokers
        self.username = username
        self.passwordFile = passwordFile
        self.tls = tls
        self.priority = priority
        self.stateDirectory = stateDirectory
        self.frameRate = frameRate
        self.nodes = nodes
        self.network = network
        self.wire = wire
        self.siteFile = siteFile
        self.commands = commands
        self.versionFile = versionFile
    }

    /// The agent file at `path`.
    ///
    /// - Throws: all that is wrong with it.
    public init(path: String) throws(ConfigurationErrors) {
        try self.init(bytes: ConfigurationText.bytes(ofFile: path), file: path)
    }

    /// The agent file that `text` holds.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(text: String, file: String) throws(ConfigurationErrors) {
        try self.init(bytes: Array(text.utf8), file: file)
    }

    /// The agent file that `bytes` hold.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        self = try ConfigurationText.document(bytes, file: file) { $0.agentFile() }
    }
}
