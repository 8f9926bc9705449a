/// A fault of a broker, an address, a topic or a message; the description says where and what to do.
public struct MQTTError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// A broker address that can't be read.
        public static let addressInvalid = Code(description: "addressInvalid")
        /// A configuration that can't work: client id, keep-alive, no broker, limits, certificate files.
        public static let configurationInvalid = Code(description: "configurationInvalid")
        /// A topic outside the portable profile.
        public static let topicInvalid = Code(description: "topicInvalid")
        /// A filter outside the portable profile.
        public static let filterInvalid = Code(description: "filterInvalid")
        /// A payload of 128 KiB or more.
        public static let payloadTooLarge = Code(description: "payloadTooLarge")
        /// No broker answers at the address.
        public static let unreachable = Code(description: "unreachable")
        /// The address's name has no number.
        public static let unresolved = Code(description: "unresolved")
        /// The broker answered and said no: to us, to a filter, or to a message.
        public static let refused = Code(description: "refused")
        /// The broker's certificate or ours is not accepted.
        public static let tls = Code(description: "tls")
        /// The connection ended.
        public static let lost = Code(description: "lost")
        /// No answer within the time allowed.
        public static let timedOut = Code(description: "timedOut")
        /// The client has been closed.
        public static let closed = Code(description: "closed")
        /// A message was not delivered, and won't be.
        public static let undelivered = Code(description: "undelivered")
        /// A reader fell further behind than its buffer holds.
        public static let slowReader = Code(description: "slowReader")
    }

    /// The kind of error.
    public let code: Code
    /// A sentence that a person can act upon.
    public let description: String

    /// An error of a kind with a sentence to act upon.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
