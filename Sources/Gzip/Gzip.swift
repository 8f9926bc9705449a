internal import CZlib

/// Bytes packed by gzip, and back.
package enum Gzip {
    /// Why bytes can't be unpacked.
    package enum Fault: Error, Hashable {
        /// They aren't packed by gzip, or are damaged or cut off.
        case malformed
        /// They are more than the limit, unpacked.
        case tooLarge
    }

    /// The bytes, packed.
    package static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return [] }
        defer { deflateEnd(&stream) }
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
                count = output.count - Int(stream.avail_out)
            }
        }
    }

    /// What the bytes are, unpacked: several members one after another are one text. No more memory is taken than the
    /// limit, whatever the bytes promise.
    package static func unpacked(_ bytes: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
        var stream = z_stream()
        // 15: the largest window there is; 16: gzip's head alone.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        let fault: Fault? = input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while true {
                let (code, count) = piece.withUnsafeMutableBufferPointer { piece in
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    return (inflate(&stream, Z_NO_FLUSH), piece.count - Int(stream.avail_out))
                }
                guard result.count + count <= limit else { return .tooLarge }
                result += piece[..<count]
                switch code {
                case Z_STREAM_END:
                    if stream.avail_in == 0 { return nil }
                    inflateReset(&stream)
                case Z_OK where count > 0 || stream.avail_in > 0: continue
                default: return .malformed
                }
            }
        }
        if let fault { throw fault }
        return result
    }
}
