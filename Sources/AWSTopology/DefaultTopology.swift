/// The topology that `footlight topology init` writes.
public enum DefaultTopology {
    /// The default in Footlight's own form, with comments.
    public static let text = """
        # The home of a Footlight backend in AWS. Check it:  footlight topology lint backend.yaml
        # Every resource is made from this by name (BackendSubnetA, NATGatewayB, …); "without" takes one away,
        # "overrides" changes one.
        name: footlight-backend
        region: eu-central-1
        zones: [a, b, c]                # with three, two are left to take over when one is lost

        addresses:                      # see it: footlight topology addresses --vpc 10.0.0.0/20 --zones 3 --spare 1
          vpc: 10.0.0.0/20
          spareZones: 1                 # room for a fourth zone, without moving anything
          tiers:                        # egress: internet (public), nat, or endpoints (AWS services only)
            internalLoadBalancer: {block: 10.0.0.0/23, egress: endpoints}
            application: {block: 10.0.2.0/23, egress: nat}
            backend: {block: 10.0.4.0/23, egress: nat}
            database: {block: 10.0.6.0/23, egress: endpoints, subnets: /26}
            misc: {block: 10.0.8.0/23, egress: nat}
            public: {block: 10.0.10.0/23, egress: internet}     # NAT gateways and the load balancer; no instance
            endpoint: {block: 10.0.12.0/23, egress: endpoints}  # 10.0.14.0/23 stays free, for migrations

        natGateways: perZone            # perZone, single (one zone's loss cuts off all), none
        endpoints:
          gateway: [s3, dynamodb]
          tier: endpoint
          interface: [autoscaling, cloudformation, ec2, ec2messages, logs, monitoring, sqs, ssm, ssmmessages, sts]

        loadBalancers:
          Ingest: {tier: public, scheme: internet-facing, certificate: "${CertificateArn}", accessLogs: AccessLogs}

        autoScalingGroups:
          Backend:
            tier: backend
            loadBalancer: Ingest        # its health checks replace an instance that doesn't do its work
            healthCheck: {path: /health, interval: 10s, timeout: 5s, healthyThreshold: 2, unhealthyThreshold: 3}
            healthCheckGracePeriod: 2m
            defaultInstanceWarmup: 1m
            port: 8080
            instanceTypes: [t4g.small, t4g.medium]
            minSize: 3
            maxSize: 6
            targetCPU: 60
            maxInstanceLifetime: 7d
            rollingUpdate: {maxBatchSize: 1, minInstancesInService: 3, pauseTime: 5m}
            schedule: {timeZone: Europe/Berlin, sleep: "0 1 * * *", wake: "0 5 * * *"}  # sites keep their telemetry

        databases:
          Database: {tier: database, engine: postgres, engineVersion: "17", instanceClass: db.t4g.small,
                     allocatedStorage: 50, multiAZ: true, backupRetentionDays: 14}

        trustedNetworks: [192.0.2.0/24] # who reaches the buckets from outside of the VPC: put your office here
        buckets:
          Artefacts: {accessLogs: AccessLogs}
          AccessLogs: {receivesAccessLogs: true, expireAfterDays: 90}
          LogArchive: {objectLockDays: 90, glacierAfterDays: 30, expireAfterDays: 400, accessLogs: AccessLogs}

        logs: {flowLogs: true, retentionDays: 90}
        alarms: {enabled: true}
        image: {tier: backend, schedule: "cron(0 3 * * ? *)"}  # EC2 Image Builder: security updates, nightly

        """
}
