import Glibc

// What libFuzzer calls. The reader is chosen by FOOTLIGHT_FUZZ_READER: one program, one build, one corpus for each.

private let reader: Reader = {
    let name = getenv("FOOTLIGHT_FUZZ_READER").map { String(cString: $0) } ?? ""
    guard let reader = Reader.all.first(where: { $0.name == name }) else {
        say("FOOTLIGHT_FUZZ_READER is one of \(Reader.all.map(\.name).joined(separator: " "))")
        exit(64)
    }
    return reader
}()

/// Lets the reader take up an input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    do { try reader.read(Array(UnsafeBufferPointer(start: data, count: size))) } catch {
        say("\(reader.name): \(error)")
        abort()
    }
    return 0
}

private func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(2, bytes, bytes.count)
}
