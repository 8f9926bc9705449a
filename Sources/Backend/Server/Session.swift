internal import HTTPTypes
internal import Hummingbird

/// What a browser keeps of who looks: the token for reading itself, which the store knows and can take back, and the time
/// zone. Instances keep nothing.
struct Session: Sendable, Hashable {
    private static let tokenName = "footlight"
    private static let timeZoneName = "footlight-timezone"
    /// A working day, seconds.
    private static let lasts = 43_200

    var token: String?
    var timeZone: String?

    init(token: String?, timeZone: String?) {
        self.token = token
        self.timeZone = timeZone
    }

    /// What a request brings along.
    init(_ request: Request) {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
                guard parts.count == 2 else { continue }
                if parts[0] == Session.tokenName { token = String(parts[1]) }
                if parts[0] == Session.timeZoneName { timeZone = String(parts[1]) }
            }
        }
    }

    /// The cookies that make a browser keep it, or forget it where there is no token. `isSecure`: never over plain HTTP.
    func cookies(isSecure: Bool) -> [HTTPField] {
        let rest = "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
        return [(Session.tokenName, token), (Session.timeZoneName, token == nil ? nil : timeZone)].map { name, value in
            HTTPField(
                name: .setCookie, value: "\(name)=\(value ?? ""); Max-Age=\(value == nil ? 0 : Session.lasts)\(rest)")
        }
    }
}

/// The fields of a form as browsers send them.
///
/// - Source: WHATWG, URL Standard, application/x-www-form-urlencoded.
struct FormFields: Sendable, Hashable {
    private var fields: [String: String] = [:]

    init(_ body: [UInt8]) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields[FormFields.decoded(parts[0])] = parts.count > 1 ? FormFields.decoded(parts[1]) : ""
        }
    }

    /// A field's text, empty where there is none.
    subscript(name: String) -> String { fields[name] ?? "" }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
                let value = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
            {
                result.append(value)
                place += 3
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
