extension LogDestination: DescribedByFields {
    static var blank: LogDestination { LogDestination(bucket: "", prefix: "") }
    static var fields: [Field<LogDestination>] { [Field("bucket", \.bucket), Field("prefix", \.prefix)] }
}

extension HealthCheck: DescribedByFields {
    static var blank: HealthCheck { HealthCheck() }
    static var fields: [Field<HealthCheck>] {
        [
            Field("protocol", \.checkProtocol), Field("path", \.path), Field("interval", \.interval),
            Field("timeout", \.timeout), Field("healthyThreshold", \.healthyThreshold),
            Field("unhealthyThreshold", \.unhealthyThreshold), Field("matcher", \.matcher),
        ]
    }
}

extension MixedInstancesPolicy: DescribedByFields {
    static var blank: MixedInstancesPolicy { MixedInstancesPolicy(instanceTypes: []) }
    static var fields: [Field<MixedInstancesPolicy>] {
        [
            Field("instanceTypes", \.instanceTypes), Field("onDemandBaseCapacity", \.onDemandBaseCapacity),
            Field("onDemandPercentageAboveBaseCapacity", \.onDemandPercentageAboveBaseCapacity),
            Field("spotAllocationStrategy", \.spotAllocationStrategy),
        ]
    }
}

extension RollingUpdate: DescribedByFields {
    static var blank: RollingUpdate { RollingUpdate() }
    static var fields: [Field<RollingUpdate>] {
        [
            Field("maxBatchSize", \.maxBatchSize), Field("minInstancesInService", \.minInstancesInService),
            Field("minSuccessfulInstancesPercent", \.minSuccessfulInstancesPercent), Field("pauseTime", \.pauseTime),
            Field("waitOnResourceSignals", \.waitOnResourceSignals), Field("suspendProcesses", \.suspendProcesses),
        ]
    }
}

extension CreationSignals: DescribedByFields {
    static var blank: CreationSignals { CreationSignals(count: 1, timeout: .zero) }
    static var fields: [Field<CreationSignals>] { [Field("count", \.count), Field("timeout", \.timeout)] }
}

extension Volume: DescribedByFields {
    static var blank: Volume { Volume(device: "") }
    static var fields: [Field<Volume>] {
        [
            Field("device", \.device), Field("size", \.size), Field("volumeType", \.volumeType),
            Field("encrypted", \.encrypted),
        ]
    }
}

extension InstanceSettings: DescribedByFields {
    static var blank: InstanceSettings { InstanceSettings() }
    static var fields: [Field<InstanceSettings>] {
        [
            Field("image", \.image), Field("instanceType", \.instanceType), Field("role", \.role),
            Field("securityGroups", \.securityGroups), Field("associatePublicIpAddress", \.associatePublicIpAddress),
            Field("requiresMetadataTokens", \.requiresMetadataTokens), Field("volumes", \.volumes),
            Field("keyName", \.keyName), Field("detailedMonitoring", \.detailedMonitoring),
            Field("userData", \.userData),
        ]
    }
}

extension LifecycleRule.Transition: DescribedByFields {
    static var blank: LifecycleRule.Transition { LifecycleRule.Transition(storageClass: "", days: 0) }
    static var fields: [Field<LifecycleRule.Transition>] {
        [Field("storageClass", \.storageClass), Field("days", \.days)]
    }
}

extension LifecycleRule: DescribedByFields {
    static var blank: LifecycleRule { LifecycleRule(id: "") }
    static var fields: [Field<LifecycleRule>] {
        [
            Field("id", \.id), Field("prefix", \.prefix), Field("transitions", \.transitions),
            Field("expirationDays", \.expirationDays), Field("noncurrentExpirationDays", \.noncurrentExpirationDays),
            Field("abortIncompleteUploadDays", \.abortIncompleteUploadDays),
        ]
    }
}

extension ObjectLock: DescribedByFields {
    static var blank: ObjectLock { ObjectLock(mode: .governance, days: 1) }
    static var fields: [Field<ObjectLock>] { [Field("mode", \.mode), Field("days", \.days)] }
}

extension PolicyCondition: DescribedByFields {
    static var blank: PolicyCondition { PolicyCondition(conditionOperator: "", key: "", values: []) }
    static var fields: [Field<PolicyCondition>] {
        [Field("operator", \.conditionOperator), Field("key", \.key), Field("values", \.values)]
    }
}

extension PolicyStatement: DescribedByFields {
    static var blank: PolicyStatement { PolicyStatement() }
    static var fields: [Field<PolicyStatement>] {
        [
            Field("sid", \.sid), Field("effect", \.effect), Field("principals", \.principals),
            Field("notPrincipals", \.notPrincipals), Field("actions", \.actions), Field("notActions", \.notActions),
            Field("resources", \.resources), Field("notResources", \.notResources), Field("conditions", \.conditions),
            Field("isEffectKnown", \.isEffectKnown), Field("isKnown", \.isKnown),
        ]
    }
}

extension PolicyDocument: DescribedByFields {
    static var blank: PolicyDocument { PolicyDocument() }
    static var fields: [Field<PolicyDocument>] {
        [Field("statements", \.statements), Field("isComplete", \.isComplete)]
    }
}

extension Role.Policy: DescribedByFields {
    static var blank: Role.Policy { Role.Policy(name: "", document: PolicyDocument()) }
    static var fields: [Field<Role.Policy>] { [Field("name", \.name), Field("document", \.document)] }
}

extension Alarm.Dimension: DescribedByFields {
    static var blank: Alarm.Dimension { Alarm.Dimension(name: "", value: "") }
    static var fields: [Field<Alarm.Dimension>] { [Field("name", \.name), Field("value", \.value)] }
}
