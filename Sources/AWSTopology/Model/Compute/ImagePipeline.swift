/// An EC2 Image Builder pipeline with its recipe, infrastructure and distribution: a machine image as an artefact.
public struct ImagePipeline: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::ImageBuilder::ImagePipeline" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [ImagePipeline]> { \.imagePipelines }

    /// The logical name.
    public var name: String
    /// The image that it is made from, an address (ARN).
    public var parentImage: String
    /// The recipe's version, `1.0.0`; a recipe can't be changed, only followed by a higher version.
    public var recipeVersion: String
    /// The steps that are done to it, addresses (ARN) of components.
    public var components: [String] = []
    /// The bucket whose `footlight-backend.tar.gz` is installed; nil for nothing of our own.
    public var artefacts: Reference<Bucket>?
    /// The times at which it is built, as Image Builder's cron says it; nil for by hand only.
    public var schedule: String?
    /// The type of the instance that builds.
    public var instanceTypes: [String] = []
    /// The role of the instance that builds.
    public var role: Reference<Role>
    /// The subnet in which it builds; nil for the default VPC.
    public var subnet: Reference<Subnet>?
    /// The security groups that say who may reach the instance that builds.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// The Systems Manager parameter that the new image's id is written to; nil for none.
    public var imageParameter: String?
}
