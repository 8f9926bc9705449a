/// A CloudFormation template of ours in which lint finds nothing; every fault of ``PlantedFault`` is planted in it.
enum CleanTemplate {
    static let text = """
        AWSTemplateFormatVersion: "2010-09-09"
        Description: A service over three zones
        Parameters:
          CertificateArn: {Type: String}
          ImageId: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /service/image}
          Block: {Type: String, Default: 10.0.0.0/20}
        Resources:
          VPC:
            Type: AWS::EC2::VPC
            Properties: {CidrBlock: !Ref Block, EnableDnsSupport: true, EnableDnsHostnames: true}
          Gateway: {Type: AWS::EC2::InternetGateway}
          Attachment:
            Type: AWS::EC2::VPCGatewayAttachment
            Properties: {VpcId: !Ref VPC, InternetGatewayId: !Ref Gateway}
          FlowLog:
            Type: AWS::EC2::FlowLog
            Properties: {ResourceId: !Ref VPC, ResourceType: VPC, TrafficType: ALL, LogDestinationType: s3,
              LogDestination: !GetAtt Logs.Arn}

          PublicA:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.10.0/25, AvailabilityZone: !Select [0, !GetAZs ""]}
          PublicB:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.10.128/25, AvailabilityZone: !Select [1, !GetAZs ""]}
          PublicC:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.11.0/25, AvailabilityZone: !Select [2, !GetAZs ""]}
          PrivateA:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.4.0/25, AvailabilityZone: !Select [0, !GetAZs ""]}
          PrivateB:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.4.128/25, AvailabilityZone: !Select [1, !GetAZs ""]}
          PrivateC:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref VPC, CidrBlock: 10.0.5.0/25, AvailabilityZone: !Select [2, !GetAZs ""]}

          PublicTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}
          PublicRoute:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
          PublicAssociationA:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PublicA, RouteTableId: !Ref PublicTable}
          PublicAssociationB:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PublicB, RouteTableId: !Ref PublicTable}
          PublicAssociationC:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PublicC, RouteTableId: !Ref PublicTable}

          AddressA: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
          AddressB: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
          AddressC: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
          NATA: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref PublicA, AllocationId: !GetAtt AddressA.AllocationId}}
          NATB: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref PublicB, AllocationId: !GetAtt AddressB.AllocationId}}
          NATC: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref PublicC, AllocationId: !GetAtt AddressC.AllocationId}}
          TableA: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}
          TableB: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}
          TableC: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VPC}}
          RouteA:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref TableA, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref NATA}
          RouteB:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref TableB, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref NATB}
          RouteC:
            Type: AWS::EC2::Route
            Properties: {RouteTableId: !Ref TableC, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref NATC}
          AssociationA:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PrivateA, RouteTableId: !Ref TableA}
          AssociationB:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PrivateB, RouteTableId: !Ref TableB}
          AssociationC:
            Type: AWS::EC2::SubnetRouteTableAssociation
            Properties: {SubnetId: !Ref PrivateC, RouteTableId: !Ref TableC}

          S3Endpoint:
            Type: AWS::EC2::VPCEndpoint
            Properties:
              VpcId: !Ref VPC
              ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
              RouteTableIds: [!Ref TableA, !Ref TableB, !Ref TableC]
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: "*", Action: ["s3:GetObject"], Resource: !Sub "${Data.Arn}/*"}]
          SqsEndpoint:
            Type: AWS::EC2::VPCEndpoint
            Properties:
              VpcId: !Ref VPC
              VpcEndpointType: Interface
              ServiceName: !Sub com.amazonaws.${AWS::Region}.sqs
              SubnetIds: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]
              PrivateDnsEnabled: true
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: "*", Action: ["sqs:*"], Resource: "*"}]

          Balancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              Subnets: [!Ref PublicA, !Ref PublicB, !Ref PublicC]
              LoadBalancerAttributes:
                - {Key: deletion_protection.enabled, Value: "true"}
                - {Key: access_logs.s3.enabled, Value: "true"}
                - {Key: access_logs.s3.bucket, Value: !Ref Logs}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              LoadBalancerArn: !Ref Balancer
              Port: 443
              Protocol: HTTPS
              SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
              Certificates: [{CertificateArn: !Ref CertificateArn}]
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
          PlainListener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              LoadBalancerArn: !Ref Balancer
              Port: 80
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: "443", StatusCode: HTTP_301}}]
          Targets:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {VpcId: !Ref VPC, Port: 8080, Protocol: HTTP, HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2}

          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            UpdatePolicy:
              AutoScalingRollingUpdate: {MinInstancesInService: 3, MaxBatchSize: 1, WaitOnResourceSignals: true, PauseTime: PT5M}
            Properties:
              VPCZoneIdentifier: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]
              MinSize: "3"
              MaxSize: "6"
              LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
              TargetGroupARNs: [!Ref Targets]
              HealthCheckType: ELB
              HealthCheckGracePeriod: 120
              MaxInstanceLifetime: 604800
          Template:
            Type: AWS::EC2::LaunchTemplate
            Properties:
              LaunchTemplateData:
                ImageId: !Ref ImageId
                InstanceType: t4g.small
                IamInstanceProfile: {Arn: !GetAtt Profile.Arn}
                NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: false}]
                BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true}}]
                UserData: !Base64 "echo hello"
          Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]
              ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
              Policies:
                - PolicyName: logs
                  PolicyDocument:
                    Statement: [{Effect: Allow, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*"}]
          LogGroup: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 90}}
          SecurityGroup:
            Type: AWS::EC2::SecurityGroup
            Properties:
              VpcId: !Ref VPC
              GroupDescription: web
              SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]

          SubnetGroup:
            Type: AWS::RDS::DBSubnetGroup
            Properties: {DBSubnetGroupDescription: db, SubnetIds: [!Ref PrivateA, !Ref PrivateB, !Ref PrivateC]}
          Database:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Snapshot
            Properties:
              Engine: postgres
              DBSubnetGroupName: !Ref SubnetGroup
              MultiAZ: true
              StorageEncrypted: true
              BackupRetentionPeriod: 14
              DeletionProtection: true
              PubliclyAccessible: false
              ManageMasterUserPassword: true
              EnableCloudwatchLogsExports: [postgresql]

          Data:
            Type: AWS::S3::Bucket
            Properties:
              LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: data/}
              PublicAccessBlockConfiguration:
                {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
          DataPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Data
              PolicyDocument:
                Statement:
                  - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "${Data.Arn}/*",
                     Condition: {Bool: {"aws:SecureTransport": "false"}}}
                  - Effect: Deny
                    Principal: "*"
                    Action: ["s3:GetObject", "s3:PutObject"]
                    Resource: !Sub "${Data.Arn}/*"
                    Condition:
                      NotIpAddressIfExists: {"aws:SourceIp": [192.0.2.0/24]}
                      StringNotEqualsIfExists: {"aws:SourceVpc": !Ref VPC}
          Logs:
            Type: AWS::S3::Bucket
            Properties:
              LifecycleConfiguration: {Rules: [{Id: old, Status: Enabled, ExpirationInDays: 400}]}
          LogsPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Logs
              PolicyDocument:
                Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "${Logs.Arn}/*",
                  Condition: {Bool: {"aws:SecureTransport": "false"}}}]

        """
}
