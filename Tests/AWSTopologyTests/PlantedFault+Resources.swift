/// Resources that faults and their twins add.
extension PlantedFault {
    /// A Gateway Load Balancer's endpoint in a subnet.
    static func inspection(_ subnet: String) -> String {
        "Inspection: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref VPC, ServiceName: x, "
            + "VpcEndpointType: GatewayLoadBalancer, SubnetIds: [!Ref \(subnet)]}}"
    }

    /// A regional NAT gateway with addresses in some zones.
    static func regional(_ zones: String) -> String {
        let list = zones.filter(\.isNumber).map {
            "{AvailabilityZone: !Select [\($0), !GetAZs \"\"], AllocationIds: [x]}"
        }
        return "Regional: {Type: AWS::EC2::NatGateway, Properties: {VpcId: !Ref VPC, AvailabilityMode: regional, "
            + "AvailabilityZoneAddresses: [\(list.joined(separator: ", "))]}}"
    }

    /// A cluster of Aurora with some instances.
    static func aurora(_ properties: String, instances: Int) -> String {
        let members = (1...instances).map {
            "  Aurora\($0): {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, "
                + "DBClusterIdentifier: !Ref Aurora}}"
        }
        return "Aurora: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, \(properties)}}\n"
            + members.joined(separator: "\n")
    }
}
