internal import Glibc
internal import Platform
internal import Synchronization

/// Looks a host name up on a thread of its own, because `getaddrinfo` blocks for as long as a name server likes.
final class HostResolver: Sendable {
    enum Outcome: Sendable {
        /// Numbers to try in turn, IPv4 or IPv6.
        case found([String])
        /// The resolver's reason.
        case failed(String)
    }

    private let wakeUp = WakeUp()
    private let answer = Mutex<Outcome?>(nil)

    /// Readable as soon as ``outcome`` is there.
    var descriptor: Int32 { wakeUp.descriptor }

    /// The answer, or nil while there is none.
    var outcome: Outcome? { answer.withLock { $0 } }

    init(host: String) {
        let isStarted = DetachedThread.start { [self] in
            let outcome = Self.lookUp(host, flags: 0)
            answer.withLock { $0 = outcome }
            wakeUp.signal()
        }
        if !isStarted {
            answer.withLock { $0 = .failed("no thread to look it up on") }
            wakeUp.signal()
        }
    }

    /// Whether `host` is a number already, which needs no looking up.
    static func isNumeric(_ host: String) -> Bool {
        if case .found = lookUp(host, flags: AI_NUMERICHOST) { true } else { false }
    }

    private static func lookUp(_ host: String, flags: Int32) -> Outcome {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else { return .failed(String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var numbers: [String] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            let number = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if code == 0, !numbers.contains(number) { numbers.append(number) }
            next = entry.pointee.ai_next
        }
        return numbers.isEmpty ? .failed("it has no address") : .found(numbers)
    }
}
