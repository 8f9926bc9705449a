internal import Glibc

extension SQLiteDatabase {
    /// How many bytes a file has, and how many it should have by its header; nil where it has none.
    ///
    /// - Source: SQLite, Database File Format, 1.3: the page size at byte 16, the number of pages at byte 28.
    package static func sizes(ofFile path: String) -> (actual: Int, stated: Int)? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var header = [UInt8](repeating: 0, count: 100)
        guard fread(&header, 1, header.count, file) == header.count, header.starts(with: Array("SQLite format 3".utf8))
        else { return nil }
        fseek(file, 0, SEEK_END)
        let pageSize = Int(header[16]) << 8 | Int(header[17])
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        // 65,536 doesn't fit there, and is 1.
        return (ftell(file), (pageSize == 1 ? 65_536 : pageSize) * pages)
    }
}
