public import Mesh

/// The records that a node handed over, read and checked.
public struct HandedOver: Sendable {
    /// Its records.
    public var records: [ReceivedRecord] = []
    /// The last of them, which is to be acknowledged once all are durable; nil: there is none.
    public var last: RecordKey?
    /// The reason why some of it is no record of that node's; nil: all is.
    public var fault: MessageError?

    /// The records in a message of a node's.
    public init(_ payload: [UInt8], from node: String, of site: String) {
        for line in payload.split(separator: UInt8(ascii: "\n")) {
            do throws(MessageError) {
                let record = try ReceivedRecord(line: Array(line))
                guard record.key.site == site, record.key.node == node else {
                    throw MessageError(
                        .outOfRange, field: "node",
                        reason: "is \(record.key.site)/\(record.key.node), not \(site)/\(node)")
                }
                records.append(record)
                last = record.key
            } catch {
                fault = error
            }
        }
    }
}
