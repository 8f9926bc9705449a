import Testing

@testable import Mesh

/// What a body is refused with, as `field | reason`; `taken` if it isn't.
func refusal(_ body: () throws(MessageError) -> Void) -> String {
    do throws(MessageError) {
        try body()
        return "taken"
    } catch {
        return "\(error.field) | \(error.reason)"
    }
}
