// The time that it takes to write and read these is between the stamps, and counts as delay: so it is kept short.

extension ClockRequest {
    /// The same bytes as `JSON.encode` makes.
    var bytes: [UInt8] {
        let civil = civil.map { "\"civil\":\($0)," } ?? ""
        return Array("{\(civil)\"sequence\":\(sequence),\"t1\":\(t1)}".utf8)
    }

    /// The message in `bytes`, as `JSON.decode` reads it.
    ///
    /// - Throws: ``MessageError`` where it isn't one.
    init(bytes: [UInt8]) throws(MessageError) {
        self =
            if let plain = ClockRequest(plain: bytes) { plain } else {
                try JSON.decode(ClockRequest.self, from: bytes)
            }
    }

    init?(plain bytes: [UInt8]) {
        var reader = PlainReader(bytes)
        guard reader.skip("{") else { return nil }
        var civil: Int64?
        if reader.skip("\"civil\":") {
            civil = reader.integer()
            guard civil != nil, reader.skip(",") else { return nil }
        }
        guard reader.skip("\"sequence\":"), let sequence = reader.integer(), reader.skip(",\"t1\":"),
            let t1 = reader.integer(), reader.skip("}"), reader.isAtEnd
        else { return nil }
        self.init(sequence: Int(sequence), t1: t1, civil: civil)
    }
}

extension ClockReply {
    /// The same bytes as `JSON.encode` makes.
    var bytes: [UInt8] {
        var text = "{\"sequence\":\(sequence),\"t1\":\(t1)"
        if let time {
            text += ",\"time\":{\"acting\":\(time.acting)"
            if let civil = time.civil { text += ",\"civil\":\(civil)" }
            if let before = time.civilBefore { text += ",\"civilBefore\":\(before)" }
            if let between = time.civilBetween {
                let pairs = between.map { pair in "[\(pair.map(String.init).joined(separator: ","))]" }
                text += ",\"civilBetween\":[\(pairs.joined(separator: ","))]"
            }
            if let by = time.civilBy { text += ",\"civilBy\":\"\(by)\"" }
            if let from = time.civilFrom { text += ",\"civilFrom\":\(from)" }
            text += ",\"errorBound\":\(time.errorBound),\"reference\":\"\(time.reference)\",\"since\":\(time.since)"
            text += ",\"t2\":\(time.t2),\"t3\":\(time.t3)}"
        }
        return Array((text + "}").utf8)
    }

    /// The message in `bytes`, as `JSON.decode` reads it.
    ///
    /// - Throws: ``MessageError`` where it isn't one.
    init(bytes: [UInt8]) throws(MessageError) {
        self =
            if let plain = ClockReply(plain: bytes) { plain } else { try JSON.decode(ClockReply.self, from: bytes) }
    }

    init?(plain bytes: [UInt8]) {
        var reader = PlainReader(bytes)
        guard reader.skip("{\"sequence\":"), let sequence = reader.integer(), reader.skip(",\"t1\":"),
            let t1 = reader.integer()
        else { return nil }
        var time: Time?
        if reader.skip(",\"time\":{\"acting\":") {
            let acting = reader.skip("true")
            guard acting || reader.skip("false") else { return nil }
            let civil = reader.skip(",\"civil\":") ? reader.integer() : nil
            let before = reader.skip(",\"civilBefore\":") ? reader.integer() : nil
            let by = reader.skip(",\"civilBy\":") ? reader.text() : nil
            let from = reader.skip(",\"civilFrom\":") ? reader.integer() : nil
            guard reader.skip(",\"errorBound\":"), let bound = reader.integer(), reader.skip(",\"reference\":"),
                let reference = reader.text(), reader.skip(",\"since\":"), let since = reader.integer(),
                reader.skip(",\"t2\":"), let t2 = reader.integer(), reader.skip(",\"t3\":"), let t3 = reader.integer(),
                reader.skip("}")
            else { return nil }
            time = Time(
                t2: t2, t3: t3, reference: reference, since: since, acting: acting, errorBound: bound, civil: civil,
                civilFrom: from, civilBefore: before, civilBy: by)
        }
        guard reader.skip("}"), reader.isAtEnd else { return nil }
        self.init(sequence: Int(sequence), t1: t1, time: time)
    }
}
