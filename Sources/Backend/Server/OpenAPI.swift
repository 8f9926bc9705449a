internal import HTTPTypes
internal import Mesh

/// All that the server answers, as programs read it: written from the very list that requests are led by.
///
/// - Source: OpenAPI Specification 3.0.3.
struct OpenAPI: Sendable {
    let endpoints: [Endpoint]

    var bytes: [UInt8] {
        var paths: [(String, Node)] = []
        for endpoint in endpoints where !paths.contains(where: { $0.0 == endpoint.path }) {
            let operations = endpoints.filter { $0.path == endpoint.path }.map {
                ($0.method.rawValue.lowercased(), OpenAPI.operation($0))
            }
            paths.append((endpoint.path, .object(operations)))
        }
        let document = Node.object([
            ("openapi", "3.0.3"),
            (
                "info",
                [
                    "title": "footlight-backend", "version": .text(Version.text),
                    "description":
                        "Takes sites' telemetry, and tells their history. Instants and times are in nanoseconds.",
                ]
            ), ("paths", .object(paths)), ("components", OpenAPI.components),
        ])
        var text = ""
        document.write(to: &text)
        return Array(text.utf8)
    }

    private static let components: Node = [
        "securitySchemes": [
            "token": ["type": "http", "scheme": "bearer", "description": "Of footlight-backend credential add"],
            "browser": ["type": "apiKey", "in": "cookie", "name": "footlight", "description": "The same, for reading"],
        ],
        "schemas": [
            "Refusal": [
                "type": "object", "required": ["error"],
                "properties": [
                    "error": ["type": "string", "description": "What was found, what is allowed, and what to do"],
                    "refused": [
                        "type": "array", "description": "Records that can't be taken: the first hundred",
                        "items": [
                            "type": "object", "required": ["line", "reason"],
                            "properties": ["line": ["type": "integer", "minimum": 1], "reason": ["type": "string"]],
                        ],
                    ],
                ],
            ]
        ],
    ]

    private static func operation(_ endpoint: Endpoint) -> Node {
        var fields: [(String, Node)] = [("summary", .text(endpoint.summary))]
        if endpoint.isPage { fields.append(("tags", ["pages"])) }
        switch endpoint.access {
        case .anybody: fields.append(("security", []))
        case .token(.read): fields.append(("security", [["token": []], ["browser": []]]))
        case .token(.write): fields.append(("security", [["token": []]]))
        }
        if !endpoint.parameters.isEmpty { fields.append(("parameters", .list(endpoint.parameters.map(parameter)))) }
        if let body = endpoint.body {
            let content = Node.object([(body.type, .object([("schema", body.schema)]))])
            fields.append(("requestBody", ["required": true, "content": content]))
        }
        fields.append(("responses", .object(answers(endpoint))))
        return .object(fields)
    }

    private static func parameter(_ parameter: Endpoint.Parameter) -> Node {
        .object([
            ("name", .text(parameter.name)), ("in", .text(parameter.isInPath ? "path" : "query")),
            ("required", .flag(parameter.isInPath)), ("description", .text(parameter.meaning)),
            ("schema", parameter.kind.schema),
        ])
    }

    private static func answers(_ endpoint: Endpoint) -> [(String, Node)] {
        func content(_ type: String, _ schema: Node) -> Node { .object([(type, .object([("schema", schema)]))]) }
        func text(_ type: String) -> Node { content(type, ["type": "string"]) }
        let good: [(Int, String, Node)] =
            switch endpoint.answers {
            case .page: [(200, "A page", text("text/html"))]
            case .redirect: [(303, "Leads to a page", text("text/html"))]
            case .text(let type): [(200, "As it is", text(type))]
            case .object(let columns):
                [(200, "An object", content("application/json", row(columns)))]
            case .rows(let columns):
                [
                    (
                        200, "Rows; the header Footlight-Next, where there are more, is the next page's `after`",
                        .object([
                            ("application/json", ["schema": rows(columns)]),
                            ("application/x-ndjson", ["schema": ["type": "string"]]),
                            ("text/csv", ["schema": ["type": "string"]]),
                        ])
                    )
                ]
            case .taken:
                [
                    (
                        200, "All are durable",
                        [
                            "application/json": [
                                "schema": [
                                    "type": "object", "required": ["new", "taken"],
                                    "properties": ["new": ["type": "integer"], "taken": ["type": "integer"]],
                                ]
                            ]
                        ]
                    )
                ]
            case .health:
                [200, 503].map { ($0, "Well, or not", content("application/health+json", ["type": "object"])) }
            }
        let refusal: Node =
            endpoint.isPage
            ? text("text/html") : content("application/json", ["$ref": "#/components/schemas/Refusal"])
        let refusals = endpoint.refusals.filter { status, _ in !good.contains { $0.0 == status } }.map {
            ($0.0, $0.1, refusal)
        }
        return (good + refusals).map { status, description, content in
            ("\(status)", ["description": .text(description), "content": content])
        }
    }

    private static func rows(_ columns: [TableColumn]) -> Node {
        [
            "type": "object", "required": ["next", "rows"],
            "properties": [
                "next": ["type": "string", "nullable": true], "rows": ["type": "array", "items": row(columns)],
            ],
        ]
    }

    private static func row(_ columns: [TableColumn]) -> Node {
        .object([
            ("type", "object"), ("required", .list(columns.map { .text($0.name) })), ("additionalProperties", false),
            (
                "properties",
                .object(
                    columns.map { column in
                        let type: Node =
                            column.kind == .text ? ["type": "string"] : ["type": "integer", "format": "int64"]
                        return (
                            column.name,
                            type.with("description", .text(column.meaning)).with("nullable", .flag(column.isOptional))
                        )
                    })
            ),
        ])
    }

    /// A piece of JSON, its fields in their order.
    indirect enum Node: Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
    {
        case text(String)
        case number(Int64)
        case flag(Bool)
        case list([Node])
        case object([(String, Node)])

        init(stringLiteral text: String) { self = .text(text) }
        init(booleanLiteral flag: Bool) { self = .flag(flag) }
        init(integerLiteral number: Int64) { self = .number(number) }
        init(arrayLiteral nodes: Node...) { self = .list(nodes) }
        init(dictionaryLiteral fields: (String, Node)...) { self = .object(fields) }

        func with(_ name: String, _ value: Node) -> Node {
            guard case .object(let fields) = self else { return self }
            return .object(fields + [(name, value)])
        }

        func write(to text: inout String) {
            switch self {
            case .text(let string): TableFormat.append(json: .text(string), to: &text)
            case .number(let number): text += "\(number)"
            case .flag(let flag): text += flag ? "true" : "false"
            case .list(let nodes):
                text += "["
                for (index, node) in nodes.enumerated() {
                    if index > 0 { text += "," }
                    node.write(to: &text)
                }
                text += "]"
            case .object(let fields):
                text += "{"
                for (index, field) in fields.enumerated() {
                    if index > 0 { text += "," }
                    TableFormat.append(json: .text(field.0), to: &text)
                    text += ":"
                    field.1.write(to: &text)
                }
                text += "}"
            }
        }
    }
}

extension Endpoint {
    /// What it answers where all is well.
    enum Answers: Sendable {
        case page
        case redirect
        case text(String)
        case object([TableColumn])
        case rows([TableColumn])
        case taken
        case health
    }

    /// A body that it takes.
    struct Body: Sendable {
        let type: String
        let schema: OpenAPI.Node
    }

    /// With which statuses it may refuse, and why.
    var refusals: [(Int, String)] {
        var all: [(Int, String)] = []
        if !parameters.isEmpty { all.append((400, "A parameter that isn't one, or can't be")) }
        switch access {
        case .anybody: break
        case .token:
            all.append(isPage ? (303, "Leads to where a token is asked for") : (401, "No token, or none that is good"))
            all.append((403, "A token of another scope, or another site's"))
        }
        if path.contains("{node}") { all.append((404, "No record of such a node")) }
        if let body {
            if parameters.isEmpty { all.append((400, "A body that is empty or cut off")) }
            all += [(408, "A body that takes too long"), (413, "A body that is too large")]
            if body.type == "application/x-ndjson" {
                all += [
                    (415, "Another type, or another packing than gzip"), (422, "Records that can't be taken, and why"),
                    (429, "More records a second than a site may send"),
                ]
            } else {
                all += [(401, "A token that isn't good"), (403, "A token for writing, or a form from elsewhere")]
            }
        } else if method == .post {
            all.append((403, "A form from elsewhere"))
        }
        if case .health = answers { return all }
        if case .text = answers { return all }
        all += [(500, "The store failed"), (503, "The store can't be asked at present")]
        return all
    }
}

extension Endpoint.Kind {
    fileprivate var schema: OpenAPI.Node {
        switch self {
        case .name: ["type": "string", "pattern": "^[a-z0-9-]{1,64}$"]
        case .instant: ["type": "integer", "format": "int64", "minimum": 0]
        case .count(let range):
            ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .cursor, .recordCursor: ["type": "string"]
        case .word(let words): ["type": "string", "enum": .list(words.map { .text($0) })]
        case .timeZone: ["type": "string", "example": "Europe/Rome"]
        case .page: ["type": "string", "pattern": "^/sites[A-Za-z0-9/?&=_.%-]*$"]
        }
    }
}
