extension PolicyCondition {
    /// Whether it is about the caller's address.
    var isAboutAddress: Bool { ["aws:sourceip", "aws:vpcsourceip"].contains(key.lowercased()) }

    /// Whether it is about the VPC, or the endpoint, that a request comes through.
    var isAboutVPC: Bool { ["aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn"].contains(key.lowercased()) }

    /// `NotIpAddress`, `StringNotEquals`, `StringNotLike`, `ArnNotEquals`, …, with and without IfExists.
    var isNegated: Bool { conditionOperator.contains("Not") }

    /// Whether it only asks whether a key is there.
    var isNull: Bool { conditionOperator == "Null" }
}

extension PolicyDocument {
    /// Whether all of it is known, so that what isn't in it isn't there.
    var isKnown: Bool { isComplete && statements.allSatisfy(\.isKnown) }

    /// Whether all that it denies is known.
    var saysWhatItDenies: Bool {
        isComplete && statements.allSatisfy { $0.isKnown || ($0.isEffectKnown && $0.effect == .allow) }
    }
}

extension PolicyStatement {
    /// Whether everyone is meant.
    var isForEveryone: Bool { principals.contains { $0.value == "*" } }

    var mentionsAddress: Bool { conditions.contains(where: \.isAboutAddress) }
    var mentionsVPC: Bool { conditions.contains(where: \.isAboutVPC) }

    /// Whether it holds for whoever isn't at given addresses.
    var deniesOtherAddresses: Bool { conditions.contains { $0.isAboutAddress && $0.isNegated && !$0.isNull } }

    /// Whether it holds for whoever isn't in a given VPC.
    var deniesOtherVPCs: Bool {
        conditions.contains { condition in
            condition.isAboutVPC
                && (condition.isNull ? condition.values == ["true"] : condition.isNegated)
        }
    }

    /// Condition keys by which a policy for everyone is not public, as far as their values are fixed.
    ///
    /// - Source: Amazon S3 User Guide, "The meaning of public"; those of principals and organisations beside them hold
    ///   only for who has signed in somewhere.
    private static let closing: Set<String> = [
        "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:sourceowner",
        "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:userid", "aws:vpcsourceip",
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
        "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
    ]

    /// Whether its conditions leave it open to anybody: none of them is by a fixed value of who asks, or from where.
    var isOpenToAnybody: Bool {
        !conditions.contains { condition in
            let isPositive =
                !condition.isNegated && !condition.isNull && !condition.conditionOperator.hasSuffix("IfExists")
                && !condition.conditionOperator.hasPrefix("ForAllValues")
            let isFixed = condition.values.allSatisfy { value in
                !["0.0.0.0/0", "::/0"].contains(value) && value.contains { $0 != "*" && $0 != "?" }
            }
            return isPositive && isFixed && !condition.values.isEmpty
                && Self.closing.contains(condition.key.lowercased())
        }
    }

    /// Whether it denies everyone what comes without TLS, or with an old one.
    var deniesPlainRequests: Bool {
        guard effect == .deny, isForEveryone, conditions.count == 1, let condition = conditions.first else {
            return false
        }
        // A value that isn't known may be the right one.
        let isOpen = condition.values.contains { $0.contains("${") }
        switch condition.key.lowercased() {
        case "aws:securetransport":
            return ["Bool", "BoolIfExists", "StringEquals", "StringEqualsIfExists"].contains(
                condition.conditionOperator)
                && (isOpen || condition.values == ["false"])
        case "s3:tlsversion": return condition.conditionOperator.hasPrefix("NumericLessThan")
        default: return false
        }
    }

    /// Whether it holds only for given addresses, a request without one excluded.
    var requiresAddress: Bool {
        conditions.contains { $0.key.lowercased() == "aws:sourceip" && $0.conditionOperator == "IpAddress" }
    }

    /// Whether it holds only in a given VPC, a request without one excluded.
    var requiresVPC: Bool {
        conditions.contains {
            $0.isAboutVPC && ["StringEquals", "StringLike", "ArnEquals"].contains($0.conditionOperator)
        }
    }

    /// Whether it makes an exception by who somebody is, or by who asks in somebody's name.
    var exceptsSomebody: Bool {
        !notPrincipals.isEmpty
            || conditions.contains {
                let key = $0.key.lowercased()
                return key.hasPrefix("aws:principal") && key != "aws:principalisawsservice"
                    && key != "aws:principalservicename" || ["aws:userid", "aws:username"].contains(key)
            }
    }

    /// Whether reading or changing the bucket's policy is among its actions.
    var coversPolicyActions: Bool {
        notActions.isEmpty
            ? actions.contains(where: Self.isPolicyAction) : !notActions.contains(where: Self.isPolicyAction)
    }

    private static func isPolicyAction(_ action: String) -> Bool {
        let action = action.lowercased()
        return action == "*" || action == "s3:*" || action == "s3:put*" || action.hasPrefix("s3:putbucket")
            || action == "s3:*bucket*" || action.hasPrefix("s3:deletebucketpolicy")
    }

    /// Whether some action is in both.
    func sharesActions(with other: PolicyStatement) -> Bool {
        let isOpen = { (action: String) in action == "*" || action.lowercased() == "s3:*" }
        return actions.contains(where: isOpen) || other.actions.contains(where: isOpen)
            || !Set(actions).isDisjoint(with: other.actions)
    }

    /// Whether it lets everyone do everything to everything, without condition.
    var allowsEverything: Bool {
        isKnown && effect == .allow && conditions.isEmpty && !Set(["*", "*:*"]).isDisjoint(with: actions)
            && resources.contains("*")
    }
}
