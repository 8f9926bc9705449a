import Hummingbird
import Lighting
import Logging
import Mesh
import Testing

@testable import Backend

/// What is told of the endpoints is what they are.
@Suite struct OpenAPITests {
    private struct Document: Decodable {
        struct Operation: Decodable {
            struct Parameter: Decodable {
                var name: String
                var `in`: String
                var required: Bool
            }
            struct Answer: Decodable {
                var description: String
            }
            var summary: String
            var parameters: [Parameter]?
            var responses: [String: Answer]
        }
        var openapi: String
        var paths: [String: [String: Operation]]
    }

    private static let server = BackendServer(
        host: "", port: 0, store: SQLiteStore(path: "/nowhere"), drain: .zero, log: Logger(label: "test"))

    @Test func `the document has each endpoint with its parameters, and no other`() throws {
        let endpoints = Self.server.endpoints
        let bytes = OpenAPI(endpoints: endpoints).bytes
        let document = try JSON.decode(Document.self, from: bytes)
        #expect(document.openapi == "3.0.3")
        #expect(document.paths.values.reduce(0) { $0 + $1.count } == endpoints.count)
        for endpoint in endpoints {
            let operation = try #require(document.paths[endpoint.path]?[endpoint.method.rawValue.lowercased()])
            #expect(operation.summary == endpoint.summary && !endpoint.summary.isEmpty)
            #expect((operation.parameters ?? []).map(\.name) == endpoint.parameters.map(\.name))
            // What is in the path is told of as that.
            let inPath = endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                String($0.dropFirst().dropLast())
            }
            #expect((operation.parameters ?? []).filter { $0.in == "path" && $0.required }.map(\.name) == inPath)
            #expect(operation.responses.keys.contains { $0 == "200" || $0 == "303" }, "\(endpoint.path)")
        }
    }

    /// Two endpoints of one path would be one too many.
    @Test func `no request is two endpoints'`() {
        let endpoints = Self.server.endpoints
        for (index, endpoint) in endpoints.enumerated() {
            #expect(!endpoints[..<index].contains { $0.method == endpoint.method && $0.matches(endpoint.path) })
        }
    }

    @Test func `what ends a server is told as what it is`() {
        let early = ServeFailure(StoreError(.failed, "taken"), at: "127.0.0.1:80", hasListened: false)
        #expect(early.isOfAddress && early.description.hasPrefix("can't listen at 127.0.0.1:80: taken"))
        let late = ServeFailure(StoreError(.failed, "worn out"), at: "127.0.0.1:80", hasListened: true)
        #expect(
            !late.isOfAddress
                && late.description.hasPrefix("ended by itself, having listened at 127.0.0.1:80: worn out"))
    }
}
