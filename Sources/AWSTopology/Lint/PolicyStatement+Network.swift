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
}

extension PolicyStatement {
    /// Whether everyone is meant.
    var isForEveryone: Bool { principals.contains { $0.value == "*" } }

    var mentionsAddress: Bool { conditions.contains(where: \.isAboutAddress) }
    var mentionsVPC: Bool { conditions.contains(where: \.isAboutVPC) }

    /// Whether it holds for whoever isn't at given addresses.
    var deniesOtherAddresses: Bool { conditions.contains { $0.isAboutAddress && $0.isNegated && !$0.isNull } }

    /// Whether it holds for whoever isn't in a given VPC.
    var deniesOtherVPCs: Bool { conditions.contains { $0.isAboutVPC && $0.isNegated && !$0.isNull } }

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
        actions.contains { action in
            let action = action.lowercased()
            return action == "*" || action == "s3:*" || action == "s3:put*" || action.hasPrefix("s3:putbucket")
                || action == "s3:*bucket*" || action.hasPrefix("s3:deletebucketpolicy")
        }
    }

    /// Whether some action is in both.
    func sharesActions(with other: PolicyStatement) -> Bool {
        let isOpen = { (action: String) in action == "*" || action.lowercased() == "s3:*" }
        return actions.contains(where: isOpen) || other.actions.contains(where: isOpen)
            || !Set(actions).isDisjoint(with: other.actions)
    }

    /// Whether it lets everyone do everything to everything, without condition.
    var allowsEverything: Bool {
        isKnown && effect == .allow && conditions.isEmpty && actions.contains("*") && resources.contains("*")
    }
}
