/// A block of Terraform's language: `resource "aws_vpc" "vpc" { … }`.
struct TerraformBlock: Sendable {
    /// What stands in a block.
    enum Item: Sendable {
        /// `name = value`
        case argument(String, TerraformValue)
        /// A block within.
        case block(TerraformBlock)
    }

    /// `resource`, `data`, `variable`, …
    var keyword: String
    /// The names after it.
    var labels: [String] = []
    /// What it is there for; empty for none.
    var reason = ""
    /// What stands in it.
    var items: [Item] = []

    init(_ keyword: String, _ labels: [String] = [], reason: String = "", _ items: [Item?] = []) {
        self.keyword = keyword
        self.labels = labels
        self.reason = reason
        self.items = items.compactMap(\.self)
    }

    /// As `terraform fmt` leaves it.
    func written(indent: Int = 0) -> String {
        let outer = String(repeating: "  ", count: indent)
        let inner = outer + "  "
        let head = ([keyword] + labels.map(TerraformValue.quoted)).joined(separator: " ")
        if items.isEmpty { return "\(outer)\(head) {}\n" }
        var text = "\(outer)\(head) {\n"
        var run: [(name: String, value: String)] = []
        func end() {
            text += TerraformValue.aligned(run).map { "\(inner)\($0)\n" }.joined()
            run = []
        }
        for (index, item) in items.enumerated() {
            switch item {
            case .argument(let name, let value): run.append((name, value.written(indent: indent + 1)))
            case .block(let block):
                end()
                text += (index == 0 ? "" : "\n") + block.written(indent: indent + 1)
            }
        }
        end()
        return text + "\(outer)}\n"
    }
}

extension TerraformBlock.Item {
    static func block(_ name: String, _ items: [TerraformBlock.Item?]) -> TerraformBlock.Item {
        .block(TerraformBlock(name, [], items))
    }

    /// An argument where there is a value.
    static func argument(_ name: String, ifAny value: TerraformValue?) -> TerraformBlock.Item? {
        value.map { .argument(name, $0) }
    }
}
