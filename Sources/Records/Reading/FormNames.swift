import Diagnostics
import Texts

/// The names of the fields of a record in their order, to find other records that have the same.
public struct FormNames: Sendable {
  private let bytes: [UInt8]
  private let lengths: [Int]

  public init(_ record: Record) {
    lengths = record.fields.map(\.name.count)
    bytes = record.fields.flatMap(\.name.bytes)
  }

  /// Tells whether a record, perhaps of another file, has these names in this order.
  public func areThose(of record: Record) -> Bool {
    guard record.slot.end - record.slot.start == lengths.count else { return false }
    let (text, fields) = (record.storage.source.bytes, record.storage.fields)
    let names = bytes.span
    var start = 0
    for index in lengths.indices {
      let (name, length) = (fields[Int(record.slot.start) + index].name, lengths[index])
      guard name.count == length,
        text.span.extracting(name.bounds).hasSameBytes(
          as: names.extracting(start..<start &+ length))
      else { return false }
      start &+= length
    }
    return true
  }

  /// Tells whether a record, perhaps of another file, has these names in this order.
  ///
  /// - Parameter count: how many fields it has.
  public func areThose(of record: RecordBytes, count: Int) -> Bool {
    guard count == lengths.count else { return false }
    var start = 0
    for index in lengths.indices {
      let name = record.database.name(ofField: record.firstField + index)
      let length = lengths[index]
      guard name.count == length,
        name.span.hasSameBytes(as: bytes.span.extracting(start..<start + length))
      else { return false }
      start += length
    }
    return true
  }
}
