package import HTTPTypes
package import Hummingbird

extension Response {
    /// An answer of some bytes.
    package init(_ status: HTTPResponse.Status, _ type: String, _ body: [UInt8]) {
        self.init(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
