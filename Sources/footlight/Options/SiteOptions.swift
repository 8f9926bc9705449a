internal import ArgumentParser
internal import MQTT
internal import Mesh

/// Which site, on which broker.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The site. (default: the file's, else $FOOTLIGHT_SITE, else the only site on the broker)",
            valueName: "NAME"))
    var site: String?

    @OptionGroup var broker: BrokerOptions

    /// Runs `body` with a connection to the site: the one that `file` names, or that the options, the environment or
    /// the broker know of.
    ///
    /// - Throws: ``Failure``, `MQTTError`, and what `body` throws.
    func withSite<Result>(
        of file: String? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (SiteSession) async throws -> Result
    ) async throws -> Result {
        let configuration = try broker.configuration()
        if let site, let file, site != file {
            throw Failure(
                .usage, "the file describes site \"\(file)\", and --site says \"\(site)\"; leave --site out, or fix one"
            )
        }
        let named = file ?? site ?? Environment["FOOTLIGHT_SITE"].flatMap { $0.isEmpty ? nil : $0 }
        if let named, !Name.isValid(named) {
            throw Failure(.usage, "\"\(named)\" is no name of a site: names are \(Name.rule)")
        }
        return try await MQTTClient.withClient(configuration) { client in
            let limit = Duration.seconds(3) * configuration.addresses.count
            let session = try await client.connected(within: limit)
            let site: String
            if let named {
                site = named
                if file == nil {
                    try await SiteOptions.check(SiteSession(client: client, site: named, broker: session.address))
                }
            } else {
                site = try await SiteOptions.onlySite(on: client, at: session.address)
            }
            return try await body(SiteSession(client: client, site: site, broker: session.address))
        }
    }

    /// Checks that the broker knows of a site at all: one that nobody speaks of is a slip of the pen, and all is well with
    /// it. A site file's may be new.
    private static func check(_ session: SiteSession) async throws {
        let (client, site, address) = (session.client, session.site, session.broker)
        // What most sites have first: all of a big one is much to read.
        for parts in [["config/site", "node/+/status"], ["#"]] {
            guard try await client.retained(parts.map { "footlight/\(site)/\($0)" }).isEmpty else { return }
        }
        // A broker that keeps nothing for wildcards can't say what it has not.
        guard await session.splitBeside(Presence()) == nil, try await client.keepsRetainedForWildcards() else { return }
        throw Failure(
            .usage,
            "the broker at \(address) knows of no site \"\(site)\"; "
                + Words.proposal(for: site, among: try await sites(on: client), noun: "sites")
                + "; name one with --site or FOOTLIGHT_SITE, or `footlight apply` its file")
    }

    private static func sites(on client: MQTTClient) async throws -> [String] {
        let filters = ["config/site", "config/zone/+", "node/+/status"].map { "footlight/+/\($0)" }
        let topics = try await client.retained(filters).map(\.topic)
        return Set(topics.compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) })
            .filter { Name.isValid($0) }.sorted()
    }

    private static func onlySite(on client: MQTTClient, at address: BrokerAddress) async throws -> String {
        let sites = try await sites(on: client)
        switch sites.count {
        case 1: return sites[0]
        case 0 where try await !client.keepsRetainedForWildcards():
            throw Failure(
                .unavailable,
                "the broker at \(address) \(BrokerCapabilities.lackOfWildcards), or name the site with --site or FOOTLIGHT_SITE"
            )
        case 0:
            throw Failure(
                .unavailable,
                "the broker at \(address) knows of no site; start a footlight-agent, or `footlight apply` a site file")
        default:
            throw Failure(
                .usage,
                "the broker at \(address) has several sites: \(sites.joined(separator: ", ")); "
                    + "name one with --site or FOOTLIGHT_SITE")
        }
    }
}
