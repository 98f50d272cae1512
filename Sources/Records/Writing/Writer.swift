import Texts

/// Writes rec text in its canonical form: `name: value`, a `+ ` line for each further line of a
/// value, one blank line between records, comments where they stood.
public struct Writer: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsBlankLine = false

  public init() {}

  public mutating func reserveCapacity(_ count: Int) {
    bytes.reserveCapacity(count)
  }

  /// Ends a record or a block of comments; the next line comes after a blank line.
  public mutating func endBlock() {
    needsBlankLine = !bytes.isEmpty
  }

  /// A comment with its `#`.
  public mutating func writeComment(_ comment: ArraySlice<UInt8>) {
    startLine()
    bytes += comment
    bytes.append(UInt8(ascii: "\n"))
  }

  public mutating func writeField(
    name: ArraySlice<UInt8>, value: ArraySlice<UInt8>
  ) {
    writeField(name: name, value: value.span)
  }

  /// The same of bytes that are only looked at.
  public mutating func writeField(name: ArraySlice<UInt8>, value: Span<UInt8>) {
    startLine()
    bytes += name
    writeValue(value)
  }

  public mutating func writeComment(_ comment: String) {
    writeComment(Array(comment.utf8)[...])
  }

  public mutating func writeField(_ name: String, _ value: String) {
    startLine()
    bytes += name.utf8
    var value = value
    value.withUTF8 { writeValue($0.span) }
  }

  public mutating func writeField(_ name: String, _ value: Text) {
    startLine()
    bytes += name.utf8
    value.withBytes { writeValue($0) }
  }

  private mutating func writeValue(_ value: Span<UInt8>) {
    bytes.append(UInt8(ascii: ":"))
    var start = 0
    while true {
      let end = value.bytes.first(UInt8(ascii: "\n"), in: start..<value.count)
      writeValueLine(value.extracting(start..<end))
      guard end < value.count else { return }
      bytes.append(UInt8(ascii: "+"))
      start = end + 1
    }
  }

  private mutating func writeValueLine(_ line: Span<UInt8>) {
    if !line.isEmpty { bytes.append(UInt8(ascii: " ")) }
    bytes.append(line)
    // A backslash at the end would join the next line; a second one joins an empty line instead.
    if bytes.last == UInt8(ascii: "\\") { bytes += "\\\n".utf8 }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func startLine() {
    if needsBlankLine { bytes.append(UInt8(ascii: "\n")) }
    needsBlankLine = false
  }
}

extension Database {
  /// The canonical bytes of the whole text. Writing what was read from them gives the same bytes.
  ///
  /// `rename` gives the name to write in place of one that is not canonical, such as a label.
  public func written(renaming rename: (Field, RecordSet) -> Text?) -> [UInt8] {
    var pass = WritingPass(storage: storage)
    pass.writer.reserveCapacity(source.bytes.count + source.bytes.count / 8)
    for set in recordSets {
      pass.writeRecords(of: set, rename)
    }
    pass.writeComments(before: Int32(storage.fields.count), record: Int32(storage.records.count))
    return pass.writer.bytes
  }

  /// The canonical bytes with every name as it was read.
  public func written() -> [UInt8] {
    written { _, _ in nil }
  }
}

/// Walks the records and comments of a database side by side.
private struct WritingPass {
  let storage: Storage
  var writer = Writer()
  private var nextComment = 0

  init(storage: Storage) {
    self.storage = storage
  }

  mutating func writeRecords(of set: RecordSet, _ rename: (Field, RecordSet) -> Text?) {
    let first = set.slot.descriptor < 0 ? set.slot.start : set.slot.descriptor
    for record in first..<set.slot.end {
      let slot = storage.records[Int(record)]
      for index in slot.start..<slot.end {
        writeComments(before: index, record: record)
        let field = Field(storage: storage, slot: storage.fields[Int(index)])
        let name = field.isCanonicalName ? field.name : rename(field, set) ?? field.name
        writer.writeField(name: name.bytes, value: field.value.bytes)
      }
      writeComments(before: slot.end, record: record)
      writer.endBlock()
    }
  }

  mutating func writeComments(before field: Int32, record: Int32) {
    while nextComment < storage.comments.count {
      let comment = storage.comments[nextComment]
      guard comment.field <= field, comment.record <= record else { return }
      writer.writeComment(storage.source.bytes[comment.range.bounds])
      if comment.endsBlock { writer.endBlock() }
      nextComment += 1
    }
  }
}
