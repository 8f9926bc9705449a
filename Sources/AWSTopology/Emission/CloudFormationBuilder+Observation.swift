extension CloudFormationBuilder {
    var observation: [TemplateResource] {
        topology.logGroups.map(logGroup) + topology.flowLogs.map(flowLog) + topology.topics.map(topic)
            + topology.alarms.map(alarm)
    }

    private func logGroup(_ group: LogGroup) -> TemplateResource {
        var resource = make(
            group,
            [
                "LogGroupName": group.logGroupName.map { .interpolated($0) },
                "RetentionInDays": group.retentionDays.map { .integer($0) }, "Tags": tags(group.name),
            ])
        // What happened is wanted most when a stack has gone; retention clears it away in time.
        resource.deletionPolicy = "Retain"
        resource.skips = [
            .init(id: "CKV_AWS_158", comment: "CloudWatch Logs encrypts by a key of its own.")
        ]
        return resource
    }

    private func flowLog(_ log: FlowLog) -> TemplateResource {
        // By the group's name: its address as CloudFormation gives it ends in ":*".
        let (type, group, bucket, role): (TemplateValue, TemplateValue?, TemplateValue?, TemplateValue?) =
            switch log.destination {
            case .logGroup(let group, let role): ("cloud-watch-logs", ref(group), nil, attribute(role, "Arn"))
            case .bucket(let bucket): ("s3", nil, attribute(bucket, "Arn"), nil)
            case .other(let address): ("s3", nil, .interpolated(address), nil)
            }
        return make(
            log,
            [
                "ResourceType": "VPC", "ResourceId": ref(log.vpc), "TrafficType": .text(log.trafficType),
                "LogDestinationType": type, "LogGroupName": group, "LogDestination": bucket,
                "DeliverLogsPermissionArn": role, "Tags": tags(log.name),
            ])
    }

    private func topic(_ topic: Topic) -> TemplateResource {
        var resource = make(
            topic, ["KmsMasterKeyId": topic.kmsKey.map { .interpolated($0) }, "Tags": tags(topic.name)])
        if topic.kmsKey == nil {
            resource.skips.append(
                .init(
                    id: "CKV_AWS_26",
                    comment: "It carries the names of alarms; CloudWatch can't publish by alias/aws/sns."))
        }
        return resource
    }

    private func alarm(_ alarm: Alarm) -> TemplateResource {
        let dimensions = alarm.dimensions.map {
            TemplateValue.fields(["Name": .text($0.name), "Value": .interpolated($0.value)])
        }
        var resource = make(
            alarm,
            [
                "AlarmDescription": alarm.description.isEmpty ? nil : .text(alarm.description),
                "Namespace": .text(alarm.namespace), "MetricName": .text(alarm.metric),
                "Dimensions": dimensions.isEmpty ? nil : .list(dimensions),
                "Statistic": .text(alarm.statistic), "Period": .integer(alarm.period.wholeSeconds),
                "EvaluationPeriods": .integer(alarm.evaluationPeriods),
                "ComparisonOperator": .text(alarm.comparison), "Threshold": .number(alarm.threshold),
                "TreatMissingData": .text(alarm.treatMissingData), "AlarmActions": refs(alarm.actions),
                "OKActions": refs(alarm.actions),
            ])
        resource.reason = ""
        return resource
    }
}
