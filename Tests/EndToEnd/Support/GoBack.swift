/// What a node's unit runs before each start.
enum GoBack {
    static let script =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/systemd/footlight-go-back"
}
