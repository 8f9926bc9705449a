internal import CCurl

/// Sends bytes to a server by HTTP, and waits for the answer: for a thread that has nothing else to do.
///
/// By libcurl: the system's library, with its TLS, its authorities and its proxies, kept up to date by the distribution. A Swift
/// client would bring TLS of its own (BoringSSL), some minutes of compiling and some megabytes, for one blocking call.
package final class HTTPSender {
    /// What a server answered.
    package struct Answer: Sendable, Hashable {
        /// The status.
        package var status: Int
        /// After how many seconds it wants to hear of it again; nil: it doesn't say.
        package var retryAfterSeconds: Int?
        /// The body, of a long one the beginning.
        package var body: [UInt8]
    }

    /// Why there was no answer.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// A sentence.
        package var description: String
        /// Whether who answers there isn't who it should be, or nobody can tell; nothing was sent then.
        package var isOfTrust = false
    }

    /// How many bytes of an answer are read.
    private static let bodyLimit = 16 << 10
    private static let connectSeconds = 15

    /// Owned; it keeps its connection from one call to the next.
    private let handle: UnsafeMutableRawPointer

    /// - Throws: ``Failure`` where the system has no memory to give.
    package init() throws(Failure) {
        // Does nothing when it was done before.
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        guard let handle = curl_easy_init() else { throw Failure(description: "libcurl has no memory") }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Posts `body` to `url` with headers (`Name: value`). Blocks for at most so many seconds.
    ///
    /// - Parameter authorities: the path of those that may vouch for a server, in PEM; nil: the system's.
    /// - Throws: ``Failure`` where there is no answer.
    package func post(
        _ body: [UInt8], to url: String, headers: [String], authorities: String? = nil, withinSeconds limit: Int
    ) throws(Failure) -> Answer {
        curl_easy_reset(handle)
        var list: UnsafeMutablePointer<curl_slist>?
        // An answer `100 Continue` is awaited for a second otherwise.
        for header in headers + ["Expect:"] { list = curl_slist_append(list, header) }
        defer { curl_slist_free_all(list) }
        var text = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        var answer: [UInt8] = []
        let code = text.withUnsafeMutableBufferPointer { text in
            body.withUnsafeBufferPointer { body in
                withUnsafeMutablePointer(to: &answer) { answer in
                    footlight_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, text.baseAddress)
                    footlight_curl_set_text(handle, CURLOPT_URL, url)
                    footlight_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
                    if let authorities {
                        // Those alone, and as the file is now: libcurl would keep what it read for a day.
                        footlight_curl_set_text(handle, CURLOPT_CAINFO, authorities)
                        footlight_curl_set_text(handle, CURLOPT_CAPATH, nil)
                        footlight_curl_set_number(handle, CURLOPT_CA_CACHE_TIMEOUT, 0)
                    }
                    footlight_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
                    footlight_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, HTTPSender.connectSeconds)
                    footlight_curl_set_number(handle, CURLOPT_TIMEOUT, limit)
                    footlight_curl_set_number(handle, CURLOPT_POST, 1)
                    footlight_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
                    footlight_curl_set_pointer(handle, CURLOPT_POSTFIELDS, body.baseAddress)
                    footlight_curl_set_pointer(handle, CURLOPT_HTTPHEADER, list)
                    footlight_curl_set_writer(
                        handle,
                        { bytes, size, count, context in
                            guard let bytes, let answer = context?.assumingMemoryBound(to: [UInt8].self) else {
                                return 0
                            }
                            let room = max(0, HTTPSender.bodyLimit - answer.pointee.count)
                            UnsafeRawBufferPointer(start: bytes, count: min(room, size * count))
                                .withMemoryRebound(to: UInt8.self) { answer.pointee += $0 }
                            return size * count
                        }, answer)
                    return curl_easy_perform(handle)
                }
            }
        }
        guard code == CURLE_OK else {
            let detail = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let why =
                detail.isEmpty ? String(cString: curl_easy_strerror(code)) : String(decoding: detail, as: UTF8.self)
            throw Failure(
                description: "\(url): \(why)",
                isOfTrust: code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
        }
        let seconds = Int(footlight_curl_retry_after(handle))
        return Answer(
            status: Int(footlight_curl_status(handle)), retryAfterSeconds: seconds > 0 ? seconds : nil, body: answer)
    }
}
