import Documents
import Hardware
import Mesh
import NodeFile
import Testing

/// A sensor's payloads as its file and its messages have them, through the reader of files.
@Suite("What motion sensors of other makers say")
struct MotionPayloadTests {
    static func payload(_ input: String) throws -> MotionPayload {
        let text =
            "{site: s, node: n, brokers: [mqtt://b], sensors: [{name: s, input: {driver: mqtt, topic: t, \(input)}}]}"
        guard let input = try AgentFile(text: text, file: "a").nodes[0].sensors[0].input.driver as? MQTTSensorInput
        else {
            throw Missing()
        }
        return MotionPayload(field: input.field, on: input.on, off: input.off)
    }

    struct Missing: Error {}

    @Test(arguments: [
        ("field: o, on: True, off: False", #"{"o":true}"#, MotionPayload.Reading.motion),
        ("field: o, on: TRUE, off: FALSE", #"{"o":false}"#, .stillness),
        ("field: o, on: yes, off: no", #"{"o":true}"#, .motion),
        ("field: o, on: On, off: Off", #"{"o":false}"#, .stillness),
        ("field: o, on: ON, off: OFF", #"{"o":"ON"}"#, .motion),
        ("field: o, on: true, off: false", #"{"o":"true"}"#, .motion),
        ("field: o, on: \"True\", off: \"False\"", #"{"o":"True"}"#, .motion),
        ("field: o, on: true, off: \"true\"", #"{"o":"true"}"#, .stillness),
        ("field: o, on: 1, off: 0", #"{"o":1.0}"#, .motion), ("field: o, on: 1, off: 0", #"{"o":"0"}"#, .stillness),
        ("field: o, on: [small, large], off: none", #"{"o":"large"}"#, .motion),
        ("field: o, on: [small, large], off: [none, 'null']", #"{"o":"null"}"#, .stillness),
        ("field: o, on: '>0', off: 0", #"{"o":0.01}"#, .motion),
        ("field: o, on: '>0', off: 0", #"{"o":0}"#, .stillness),
        ("field: o, on: \">= 2.5\", off: \"<2.5\"", #"{"o":2.5}"#, .motion),
        ("field: 'targets[0].present', on: true, off: false", #"{"targets":[{"present":true}]}"#, .motion),
        ("field: 'targets[0].present', on: true, off: false", #"{"targets":[]}"#, .silence),
        (
            "field: 'params.events[0].event', on: motion, pulse: 5s",
            #"{"params":{"events":[{"event":"motion"}]}}"#, .motion
        ),
        ("field: '\"pir.1\".on', on: true, off: false", #"{"pir.1":{"on":false}}"#, .stillness),
        ("field: o, on: true, off: false", #"{"battery":97}"#, .silence),
        ("field: o, on: true, off: false", #"{"o":null}"#, .silence),
        ("field: o, on: true, off: false", #"{"o":"unavailable"}"#, .unknown),
        ("on: ON, off: OFF", "ON\n", .motion), ("on: ON, off: OFF", " OFF\r\n", .stillness),
        ("on: ON, off: OFF", "unavailable", .unknown), ("on: True, off: False", "true", .motion),
        ("on: 1, off: 0", "1.0", .motion), ("on: '>0', off: 0", "0", .stillness),
        ("on: ON, pulse: 5s", "OFF", .silence),
    ])
    func `values by their types, lists, comparisons, elements of lists`(
        _ input: String, _ message: String, expected: MotionPayload.Reading
    ) throws {
        let payload = try Self.payload(input)
        #expect(try payload.reading(of: Array(message.utf8)) == expected, "\(payload)")
    }

    @Test(arguments: [
        ("field: o, on: \"True\", off: \"False\"", #"{"o":true}"#, "\"true\" is neither \"True\" nor \"False\""),
        ("field: o, on: [a, b], off: '<1'", #"{"o":"c"}"#, "\"c\" is neither \"a\", \"b\" nor \"<1\""),
        ("on: \"True\", off: \"False\"", "true", "\"true\" is neither \"True\" nor \"False\""),
    ])
    func `a quoted value is a text, and a value that is neither is told with both`(
        _ input: String, _ message: String, reason: String
    ) throws {
        let payload = try Self.payload(input)
        let error = #expect(throws: MessageError.self) { try payload.reading(of: Array(message.utf8)) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: [
        "field: o, on: true, off: True", "field: o, on: 1, off: 1.0", "field: o, on: [a, b], off: b",
        "field: o, on: '>0', off: 5", "field: o, on: '>0', off: '<1'", "field: o, on: '>=1', off: '<=1'",
        "on: 1, off: \"1\"", "on: true, off: 'TRUE'",
    ])
    func `values that don't tell motion from none are refused`(_ input: String) {
        let errors = #expect(throws: ConfigurationErrors.self) { try Self.payload(input) }
        #expect(
            errors?.description.contains("two values tell motion from none") == true, "\(String(describing: errors))")
    }

    @Test(arguments: ["on: '>0', off: '<=0'", "field: o, on: true, off: \"true\"", "on: a, off: [b]"])
    func `values that do are taken`(_ input: String) throws {
        #expect(try Self.payload(input).off != nil)
    }
}
