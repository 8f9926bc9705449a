extension VPC: DescribedByFields {
    static var blank: VPC { VPC(name: "") }
    static var fields: [Field<VPC>] {
        [
            Field("cidrBlock", \.network), Field("secondaryCidrBlocks", \.secondaryNetworks),
            Field("ipv6CidrBlock", \.ipv6Network), Field("enableDnsSupport", \.enableDnsSupport),
            Field("enableDnsHostnames", \.enableDnsHostnames),
        ]
    }
}

extension Subnet: DescribedByFields {
    static var blank: Subnet { Subnet(name: "", vpc: "VPC") }
    static var fields: [Field<Subnet>] {
        [
            Field("vpc", \.vpc), Field("availabilityZone", \.zone), Field("cidrBlock", \.network),
            Field("ipv6CidrBlock", \.ipv6Network), Field("tier", \.tier), Field("routeTable", \.routeTable),
            Field("mapPublicIpOnLaunch", \.mapPublicIpOnLaunch), Field("isSetAside", \.isSetAside),
        ]
    }
}

extension RouteTable: DescribedByFields {
    static var blank: RouteTable { RouteTable(name: "", vpc: "VPC") }
    static var fields: [Field<RouteTable>] { [Field("vpc", \.vpc), Field("routes", \.routes)] }
}

extension InternetGateway: DescribedByFields {
    static var blank: InternetGateway { InternetGateway(name: "") }
    static var fields: [Field<InternetGateway>] { [Field("vpc", \.vpc)] }
}

extension ElasticAddress: DescribedByFields {
    static var blank: ElasticAddress { ElasticAddress(name: "") }
    static var fields: [Field<ElasticAddress>] { [Field("instance", \.instance)] }
}

extension NATGateway: DescribedByFields {
    static var blank: NATGateway { NATGateway(name: "", subnet: "a subnet not said") }
    static var fields: [Field<NATGateway>] {
        [
            Field("subnet", \.subnet), Field("elasticAddress", \.elasticAddress), Field("isRegional", \.isRegional),
            Field("manualZones", \.manualZones), Field("vpc", \.vpc),
        ]
    }
}

extension GatewayEndpoint: DescribedByFields {
    static var blank: GatewayEndpoint { GatewayEndpoint(name: "", vpc: "VPC", service: "") }
    static var fields: [Field<GatewayEndpoint>] {
        [
            Field("vpc", \.vpc), Field("service", \.service), Field("routeTables", \.routeTables),
            Field("policy", \.policy),
        ]
    }
}

extension InterfaceEndpoint: DescribedByFields {
    static var blank: InterfaceEndpoint { InterfaceEndpoint(name: "", vpc: "VPC", service: "") }
    static var fields: [Field<InterfaceEndpoint>] {
        [
            Field("vpc", \.vpc), Field("service", \.service), Field("subnets", \.subnets),
            Field("securityGroups", \.securityGroups), Field("privateDnsEnabled", \.privateDnsEnabled),
            Field("policy", \.policy),
        ]
    }
}

extension SecurityGroup: DescribedByFields {
    static var blank: SecurityGroup { SecurityGroup(name: "", description: "") }
    static var fields: [Field<SecurityGroup>] {
        [
            Field("vpc", \.vpc), Field("description", \.description), Field("ingress", \.ingress),
            Field("egress", \.egress),
        ]
    }
}

extension FlowLog: DescribedByFields {
    static var blank: FlowLog { FlowLog(name: "", vpc: "VPC", destination: .other("")) }
    static var fields: [Field<FlowLog>] {
        [Field("vpc", \.vpc), Field("trafficType", \.trafficType), Field("destination", \.destination)]
    }
}
