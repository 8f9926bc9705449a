/// What a migration comes to when all is left out but subnets' blocks, who is in them, and databases' zones.
struct MigrationPuzzle {
    /// A subnet: its blocks before and in the end, nil for not being there.
    struct Token: Hashable {
        var name: String
        /// The index of its zone.
        var zone: Int
        var from: IPv4Network?
        var to: IPv4Network?

        /// The length of prefix that it has at a temporary block: of its two blocks the smaller one's, for it has done, or
        /// will do, with that.
        var temporaryPrefix: Int { max(from?.prefix ?? 0, to?.prefix ?? 0) }
    }

    /// What spans zones and is always to be in some: load balancers, groups and endpoints over the same subnets.
    struct User: Hashable {
        var names: [String]
        var tokens: TokenSet
        /// How many zones AWS, or its work, wants at least.
        var least: Int
        /// Whether it spans two zones or more, before or in the end.
        var isSpread: Bool
    }

    /// A database and the subnets of its group.
    struct Database: Hashable {
        var reference: Reference<DatabaseInstance>
        var group: Int
        /// Whether it has a synchronous standby before and in the end.
        var multiAZ: Bool
    }

    var tokens: [Token] = []
    var zones: [AvailabilityZone] = []
    var users: [User] = []
    var databases: [Database] = []
    /// The subnets of each database subnet group.
    var groups: [TokenSet] = []
    /// The VPC's blocks.
    var networks: [IPv4Network] = []
    /// Subnets in which a NAT gateway stands before, and in the end.
    var gatewaysBefore = TokenSet()
    var gatewaysAfter = TokenSet()
    /// Whether a NAT gateway stands that lies in no subnet.
    var hasRegionalGateway = false

    /// The subnets that somebody is in.
    private(set) var used = TokenSet()
    /// The subnets of database subnet groups.
    private(set) var databaseTokens = TokenSet()
    /// The blocks of the end, which temporary ones had better not take.
    private(set) var wanted: [IPv4Network] = []
    /// The subnets of each zone.
    private(set) var tokensOfZone: [TokenSet] = []

    init(from: Topology, to: Topology) {
        networks = from.vpcs.first?.networks ?? []
        zones = Set((from.subnets + to.subnets).compactMap(\.zone)).sorted()
        var index: [String: Int] = [:]
        for subnet in from.subnets + to.subnets where index[subnet.name] == nil {
            guard let zone = subnet.zone.flatMap(zones.firstIndex) else { continue }
            index[subnet.name] = tokens.count
            tokens.append(
                Token(
                    name: subnet.name, zone: zone, from: from[subnet.reference]?.network,
                    to: to[subnet.reference]?.network))
        }
        func set(_ subnets: [Reference<Subnet>]) -> TokenSet { TokenSet(subnets.compactMap { index[$0.name] }) }
        addUsers(from, to, set)
        for group in from.databaseSubnetGroups {
            let place = groups.count
            groups.append(set(group.subnets + (to[group.reference]?.subnets ?? [])))
            for database in from.databaseInstances where database.subnetGroup == group.reference {
                databases.append(
                    Database(reference: database.reference, group: place, multiAZ: database.multiAZ))
            }
        }
        gatewaysBefore = set(from.natGateways.filter { !$0.isRegional }.map(\.subnet))
        gatewaysAfter = set(to.natGateways.filter { !$0.isRegional }.map(\.subnet))
        hasRegionalGateway = from.natGateways.contains(where: \.isRegional)
        used = users.reduce(TokenSet()) { $0 | $1.tokens }
        databaseTokens = groups.reduce(TokenSet()) { $0 | $1 }
        wanted = tokens.compactMap(\.to)
        tokensOfZone = zones.indices.map { zone in TokenSet(tokens.indices.filter { tokens[$0].zone == zone }) }
    }

    private mutating func addUsers(
        _ from: Topology, _ to: Topology, _ set: ([Reference<Subnet>]) -> TokenSet
    ) {
        func add(_ name: String, _ old: [Reference<Subnet>], _ new: [Reference<Subnet>]?, least: Int) {
            let tokens = set(old + (new ?? old))
            guard !tokens.isEmpty, !old.isEmpty else { return }
            let isSpread = zoneCount(set(old)) > 1 || zoneCount(set(new ?? old)) > 1
            let same = users.firstIndex { $0.tokens == tokens && $0.least == least && $0.isSpread == isSpread }
            if let same { return users[same].names.append(name) }
            users.append(User(names: [name], tokens: tokens, least: least, isSpread: isSpread))
        }
        for balancer in from.loadBalancers {
            let least = balancer.kind == .application ? 2 : 1
            add(balancer.name, balancer.subnets, to[balancer.reference]?.subnets, least: least)
        }
        for group in from.autoScalingGroups {
            add(group.name, group.subnets, to[group.reference]?.subnets, least: 1)
        }
        for endpoint in from.interfaceEndpoints {
            add(endpoint.name, endpoint.subnets, to[endpoint.reference]?.subnets, least: 1)
        }
    }

    /// How many zones some subnets lie in.
    func zoneCount(_ set: TokenSet) -> Int { zoneBits(set).nonzeroBitCount }

    /// The zones that some subnets lie in, as bits by index.
    func zoneBits(_ set: TokenSet) -> UInt64 {
        var bits: UInt64 = 0
        for token in set { bits |= 1 << UInt64(tokens[token].zone) }
        return bits
    }

    /// The state before the first step.
    func start(_ placements: [DatabasePlacement]) -> PuzzleState {
        var state = PuzzleState(blocks: tokens.map(\.from))
        state.joined = state.present & used
        state.places = databases.map { database in
            let place = placements.first { $0.database == database.reference }
            return PuzzleState.Place(
                primary: place.flatMap { zones.firstIndex(of: $0.primary) } ?? 0,
                standby: place?.standby.flatMap { zones.firstIndex(of: $0) })
        }
        return state
    }

    /// Whether the state is the end.
    func isEnd(_ state: PuzzleState) -> Bool {
        state.joined == state.present & used && tokens.indices.allSatisfy { state.blocks[$0] == tokens[$0].to }
    }

    /// The subnets in which a NAT gateway stands.
    func gateways(in state: PuzzleState) -> TokenSet {
        var all = TokenSet()
        for token in gatewaysBefore where tokens[token].from == state.blocks[token] && state.blocks[token] != nil {
            all.insert(token)
        }
        for token in gatewaysAfter
        where tokens[token].to == state.blocks[token] && tokens[token].from != tokens[token].to
            && state.blocks[token] != nil
        {
            all.insert(token)
        }
        return all - state.closed
    }
}
