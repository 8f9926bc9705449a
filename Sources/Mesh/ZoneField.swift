/// The consequence for a part of a message whose field a later contract has otherwise, or which lacks it.
public enum ZoneNeed: Sendable, Hashable {
    /// The field is as by default.
    case optional
    /// The part is left out where the field can't be read, but needn't have it.
    case essential
    /// The part is left out where the field can't be read, and refused where it is missing.
    case required
}

/// The words for a field that isn't there.
public enum ZoneAbsence: Sendable, Hashable {
    /// No words: it isn't shown.
    case nothing
    /// A word that the site file knows, too: `auto`.
    case word(String)
    /// Words for people: `as the look`.
    case shown(String)
}

/// A field of a zone's configuration, or of a part of one: told once, for the site file, the message on
/// ``Topic/zoneConfiguration(zone:)`` and the list of changes that people are shown. ``ZoneFields`` has them all.
public struct ZoneField<Part>: Sendable {
    /// A field that holds one value.
    public struct Value: Sendable {
        /// The kind of value that may stand there.
        public let kind: ZoneValue.Kind
        /// Returns what a part has; nil: nothing that would have to be written.
        public let get: @Sendable (Part) -> ZoneValue?
        /// Puts a value of this kind into a part.
        public let set: @Sendable (inout Part, ZoneValue) -> Void
    }

    /// A field that holds fields.
    public struct Group: Sendable {
        /// The fields in the order of errors and changes.
        public let fields: [ZoneField<Part>]
        /// True if a single value in the site file stands for the first field.
        public let isShort: Bool
        /// Returns whether a part has it.
        public let isPresent: @Sendable (Part) -> Bool
        /// Returns whether a part has it as it is by default, so that a message can leave it out.
        public let isUsual: @Sendable (Part) -> Bool
        /// Gives it to a part that doesn't have it, as by default.
        public let begin: @Sendable (inout Part) -> Void
        /// Takes it away, or makes it as by default.
        public let drop: @Sendable (inout Part) -> Void
        /// The one word in the site file that stands for all of it, where a part has just that.
        public let word: @Sendable (Part) -> String?
    }

    /// The content of a field.
    public enum Content: Sendable {
        /// One value.
        case value(Value)
        /// Fields.
        case group(Group)
    }

    /// The name in the site file: `easeIn`.
    public let name: String
    /// The words for what stands there, with its article, as errors say it: `an ease`.
    public let phrase: String
    /// A value as the site file has it: `400ms`.
    public let example: String
    /// The words for a field that isn't there.
    public let absence: ZoneAbsence
    /// The need that its part has of it.
    public let need: ZoneNeed
    /// The content: a value, or fields.
    public let content: Content

    /// The name in a message, which has no units but in names: `easeInSeconds`.
    public var key: String {
        guard case .value(let value) = content else { return name }
        return name + value.kind.suffix
    }
}

extension ZoneField {
    /// A value that each part has.
    ///
    /// - Parameter usual: what needn't be written.
    init<Held: ZoneFieldValue>(
        _ name: String, _ kind: ZoneValue.Kind, _ phrase: String = "", example: String = "",
        usual: Held? = nil, need: ZoneNeed = .optional, _ path: any WritableKeyPath<Part, Held> & Sendable
    ) where Held: Sendable {
        self.init(
            name: name, phrase: phrase, example: example, absence: .nothing, need: need,
            content: .value(
                Value(
                    kind: kind, get: { $0[keyPath: path] == usual ? nil : $0[keyPath: path].inZone },
                    set: { part, value in if let held = Held(inZone: value) { part[keyPath: path] = held } })))
    }

    /// A value that a part may have.
    init<Held: ZoneFieldValue>(
        _ name: String, _ kind: ZoneValue.Kind, _ phrase: String = "", example: String = "",
        absence: ZoneAbsence = .nothing, need: ZoneNeed = .optional, _ path: any WritableKeyPath<Part, Held?> & Sendable
    ) where Held: Sendable {
        self.init(
            name: name, phrase: phrase, example: example, absence: absence, need: need,
            content: .value(
                Value(
                    kind: kind, get: { $0[keyPath: path]?.inZone },
                    set: { part, value in if let held = Held(inZone: value) { part[keyPath: path] = held } })))
    }

    /// Fields that each part has.
    ///
    /// - Parameter usual: what a message leaves out; nil: it leaves nothing out.
    init<Inner: Hashable & Sendable>(
        _ name: String, _ fields: [ZoneField<Inner>], example: String, fresh: Inner, usual: Inner? = nil,
        _ path: any WritableKeyPath<Part, Inner> & Sendable
    ) {
        let lifted = fields.map { field in
            field.lifted { (part: Part) -> Inner? in
                part[keyPath: path]
            } change: { part, change in
                change(&part[keyPath: path])
            }
        }
        self.init(
            name: name, phrase: "", example: example, absence: .nothing, need: .optional,
            content: .group(
                Group(
                    fields: lifted, isShort: false, isPresent: { _ in true },
                    isUsual: { $0[keyPath: path] == usual }, begin: { _ in }, drop: { $0[keyPath: path] = fresh },
                    word: { _ in nil })))
    }

    /// Fields that a part may have.
    ///
    /// - Parameters:
    ///   - fresh: what it has before any of them is read.
    ///   - word: the word in the site file that stands for all of it, and what it stands for.
    init<Inner: Hashable & Sendable>(
        _ name: String, _ fields: [ZoneField<Inner>], example: String, isShort: Bool = false, fresh: Inner,
        word: (name: String, value: Inner)? = nil, _ path: any WritableKeyPath<Part, Inner?> & Sendable
    ) {
        let lifted = fields.map { field in
            field.lifted { (part: Part) -> Inner? in
                part[keyPath: path]
            } change: { part, change in
                var inner = part[keyPath: path] ?? fresh
                change(&inner)
                part[keyPath: path] = inner
            }
        }
        self.init(
            name: name, phrase: "", example: example, absence: .nothing, need: .optional,
            content: .group(
                Group(
                    fields: lifted, isShort: isShort, isPresent: { $0[keyPath: path] != nil }, isUsual: { _ in false },
                    begin: { $0[keyPath: path] = $0[keyPath: path] ?? fresh }, drop: { $0[keyPath: path] = nil },
                    word: { $0[keyPath: path] == word?.value ? word?.name : nil })))
    }

    /// The same field of what has such a part. Groups of groups there are none.
    private func lifted<Whole>(
        _ part: @escaping @Sendable (Whole) -> Part?,
        change: @escaping @Sendable (inout Whole, (inout Part) -> Void) -> Void
    ) -> ZoneField<Whole> {
        guard case .value(let value) = content else { preconditionFailure("a group within a group: \(name)") }
        return ZoneField<Whole>(
            name: name, phrase: phrase, example: example, absence: absence, need: need,
            content: ZoneField<Whole>.Content.value(
                ZoneField<Whole>.Value(
                    kind: value.kind, get: { whole in part(whole).flatMap { value.get($0) } },
                    set: { whole, new in change(&whole) { value.set(&$0, new) } })))
    }
}
