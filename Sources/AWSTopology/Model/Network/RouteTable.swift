/// A route table.
public struct RouteTable: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::RouteTable" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [RouteTable]> { \.routeTables }

    /// The logical name.
    public var name: String
    /// The VPC that it is a part of.
    public var vpc: Reference<VPC>
    /// Its routes besides the VPC's local one.
    public var routes: [Route] = []

    /// The route to everywhere else; nil for none.
    public var defaultRoute: Route? { routes.first { $0.destination == "0.0.0.0/0" } }
}
