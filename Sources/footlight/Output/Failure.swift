internal import AWSTopology
internal import ArgumentParser
internal import Documents
internal import Glibc
internal import MQTT
internal import Mesh

/// Why a command could not do what it was asked: a sentence for a person and an exit code for a script.
struct Failure: Error, Sendable, CustomStringConvertible {
    /// The exit codes, those of sysexits.h where it has one.
    enum Code: Int32, Sendable {
        /// What was asked about is not so.
        case notSo = 1
        /// The command was not given as it must be.
        case usage = 64
        /// A file can't be read or has faults.
        case badFile = 65
        /// No broker, or no answer.
        case unavailable = 69
        /// The broker refused.
        case refused = 77
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// What an error means to whoever called; nil for those that the argument parser tells of itself.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let errors as ConfigurationErrors: self.init(.badFile, errors.description)
        case let error as MQTTError: self.init(Failure.code(of: error), error.description)
        case let error as MessageError: self.init(.badFile, error.description)
        // Without a place it is about an option.
        case let error as TopologyError:
            self.init(error.place == nil ? .usage : .badFile, Printable.text(error.description))
        default: return nil
        }
    }

    private static func code(of error: MQTTError) -> Code {
        switch error.code {
        case .addressInvalid, .configurationInvalid, .topicInvalid, .filterInvalid: .usage
        case .payloadTooLarge: .badFile
        case .refused: .refused
        default: .unavailable
        }
    }

    /// Tells of it, and ends the process.
    func exit() -> Never {
        // Faults of a file are a line each, and begin with its name.
        StandardError.write(lines: code == .badFile ? description : "footlight: " + description)
        Glibc.exit(code.rawValue)
    }
}
