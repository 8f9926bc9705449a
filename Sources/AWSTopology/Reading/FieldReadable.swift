/// A resource whose properties a file can set, in its own section or as an override; what isn't said stays as it is.
protocol FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError)
}
