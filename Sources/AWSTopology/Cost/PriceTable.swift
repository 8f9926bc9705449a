/// Public list prices of a region, in US dollars before tax: on demand, without reservations, savings plans or free tier.
///
/// The figures are from memory of the public price pages as of the table's date: **check them before you build on them**.
///
/// - Source: the pricing pages of Amazon VPC, EC2, EBS, Elastic Load Balancing, RDS for PostgreSQL, S3, CloudWatch and
///   Secrets Manager.
public struct PriceTable: Sendable, Hashable {
    /// The region.
    public var region: String
    /// The date of the figures, year and month.
    public var date: String
    /// A NAT gateway, per hour.
    public var natGatewayHour: Double
    /// The price of a GB that a NAT gateway passes on, on top of all else.
    public var natGatewayGigabyte: Double
    /// An interface endpoint, per zone and hour.
    public var interfaceEndpointZoneHour: Double
    /// The price of a GB that interface endpoints pass on.
    public var interfaceEndpointGigabyte: Double
    /// A public IPv4 address, in use or not, per hour; since February 2024.
    public var publicAddressHour: Double
    /// Between zones, per GB and direction.
    public var crossZoneGigabyte: Double
    /// To the internet, per GB (first 10 TB; the free 100 GB a month left out).
    public var internetGigabyte: Double
    /// An application load balancer, per hour.
    public var loadBalancerHour: Double
    /// A load balancer capacity unit, per hour; one takes 1 GB an hour.
    public var loadBalancerUnitHour: Double
    /// Instances by type, per hour.
    public var instanceHour: [String: Double]
    /// EBS gp3, per GB and month.
    public var volumeGigabyteMonth: Double
    /// Databases by class, in one zone, per hour; Multi-AZ is twice that.
    public var databaseHour: [String: Double]
    /// RDS gp3 storage in one zone, per GB and month; Multi-AZ is twice that.
    public var databaseGigabyteMonth: Double
    /// S3 Standard, per GB and month.
    public var bucketGigabyteMonth: Double
    /// CloudWatch Logs, per GB taken in.
    public var logGigabyte: Double
    /// An alarm, per month.
    public var alarmMonth: Double
    /// Detailed monitoring of an instance: 7 metrics, per month.
    public var detailedMonitoringMonth: Double
    /// A secret, per month: a database's managed password is one.
    public var secretMonth: Double

    /// The tables that there are.
    public static let all = [frankfurt, virginia]

    /// The table of a region; nil where there is none.
    public static func of(region: String) -> PriceTable? { all.first { $0.region == region } }

    /// eu-central-1, to be checked.
    ///
    /// - Source: the public price pages of eu-central-1, as of June 2025.
    public static let frankfurt = PriceTable(
        region: "eu-central-1", date: "2025-06", natGatewayHour: 0.052, natGatewayGigabyte: 0.052,
        interfaceEndpointZoneHour: 0.012, interfaceEndpointGigabyte: 0.01, publicAddressHour: 0.005,
        crossZoneGigabyte: 0.01, internetGigabyte: 0.09, loadBalancerHour: 0.027, loadBalancerUnitHour: 0.008,
        instanceHour: [
            "t4g.nano": 0.0048, "t4g.micro": 0.0096, "t4g.small": 0.0192, "t4g.medium": 0.0384, "t4g.large": 0.0768,
            "t3.micro": 0.012, "t3.small": 0.024, "t3.medium": 0.048, "t3.large": 0.096,
        ],
        volumeGigabyteMonth: 0.0952,
        databaseHour: [
            "db.t4g.micro": 0.018, "db.t4g.small": 0.037, "db.t4g.medium": 0.074, "db.t4g.large": 0.148,
        ],
        databaseGigabyteMonth: 0.137, bucketGigabyteMonth: 0.0245, logGigabyte: 0.63, alarmMonth: 0.1,
        detailedMonitoringMonth: 2.1, secretMonth: 0.4)

    /// us-east-1, to be checked.
    ///
    /// - Source: the public price pages of us-east-1, as of June 2025.
    public static let virginia = PriceTable(
        region: "us-east-1", date: "2025-06", natGatewayHour: 0.045, natGatewayGigabyte: 0.045,
        interfaceEndpointZoneHour: 0.01, interfaceEndpointGigabyte: 0.01, publicAddressHour: 0.005,
        crossZoneGigabyte: 0.01, internetGigabyte: 0.09, loadBalancerHour: 0.0225, loadBalancerUnitHour: 0.008,
        instanceHour: [
            "t4g.nano": 0.0042, "t4g.micro": 0.0084, "t4g.small": 0.0168, "t4g.medium": 0.0336, "t4g.large": 0.0672,
            "t3.micro": 0.0104, "t3.small": 0.0208, "t3.medium": 0.0416, "t3.large": 0.0832,
        ],
        volumeGigabyteMonth: 0.08,
        databaseHour: [
            "db.t4g.micro": 0.016, "db.t4g.small": 0.032, "db.t4g.medium": 0.065, "db.t4g.large": 0.129,
        ],
        databaseGigabyteMonth: 0.115, bucketGigabyteMonth: 0.023, logGigabyte: 0.5, alarmMonth: 0.1,
        detailedMonitoringMonth: 2.1, secretMonth: 0.4)
}
