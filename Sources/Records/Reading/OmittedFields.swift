import Texts

extension Database {
  /// The numbers of the fields that have no value, or nothing but blanks.
  public var blankFields: [Int] {
    var blank: [Int] = []
    let text = storage.source.bytes
    let bytes = text.span
    let slots = storage.fields
    let fields = slots.span
    for index in fields.indices where fields[index].value.isBlank(in: bytes) { blank.append(index) }
    return blank
  }

  /// The database without some fields, as if their lines were comments. A record keeps its fields
  /// where none would be left.
  ///
  /// - Parameter omitted: numbers of fields, ascending.
  public func omitting(_ omitted: [Int]) -> Database {
    Database(storage: Storage(storage, omitting: omitted))
  }
}

extension Storage {
  /// The same text without some fields.
  fileprivate convenience init(_ whole: Storage, omitting omitted: [Int]) {
    var left = omitted[...]
    var fields: [FieldSlot] = []
    var records: [RecordSlot] = []
    /// The shapes of records that lost fields, by what they were and lost.
    var shapes: [[Int]: Int32] = [:]
    var nextShape = (whole.records.map(\.shape).max() ?? -1) + 1
    for record in whole.records {
      let range = Int(record.start)..<Int(record.end)
      let lost = left.prefix { $0 < range.upperBound }
      left = left.dropFirst(lost.count)
      let isKept = lost.isEmpty || lost.count == range.count
      let start = Int32(fields.count)
      fields += range.filter { isKept || !lost.contains($0) }.map { whole.fields[$0] }
      var shape = record.shape
      if !isKept {
        let key = [Int(record.shape)] + lost.map { $0 - range.lowerBound }
        shape = shapes[key] ?? nextShape
        if shape == nextShape { nextShape += 1 }
        shapes[key] = shape
      }
      records.append(RecordSlot(start: start, end: Int32(fields.count), shape: shape))
    }
    self.init(whole, fields: fields, records: records)
  }
}

extension SourceRange {
  /// Tells whether there is nothing but spaces, tabs and empty continued lines in it.
  fileprivate func isBlank(in bytes: Span<UInt8>) -> Bool {
    var isLineStart = false
    for index in bounds {
      let byte = bytes[index]
      let isSign = isLineStart && byte == UInt8(ascii: "+")
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || isSign else { return false }
      isLineStart = byte == 0x0A
    }
    return true
  }
}
