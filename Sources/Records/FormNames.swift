import Diagnostics

/// The names of the fields of a record in their order, to find other records that have the same.
public struct FormNames: Sendable {
  private let bytes: [UInt8]
  private let lengths: [Int]

  public init(_ record: Record) {
    lengths = record.fields.map(\.name.count)
    bytes = record.fields.flatMap(\.name.bytes)
  }

  /// Whether another record, perhaps of another file, has these names in this order.
  public func areThose(of record: Record) -> Bool {
    guard Int(record.slot.end - record.slot.start) == lengths.count else { return false }
    let storage = record.storage
    var start = 0
    for index in lengths.indices {
      let name = storage.fields[Int(record.slot.start) + index].name
      let length = lengths[index]
      guard name.count == length else { return false }
      let isSame = storage.source.withBytes(name) {
        $0.hasSameBytes(as: bytes.span.extracting(start..<start + length))
      }
      guard isSame else { return false }
      start += length
    }
    return true
  }
}
