import Diagnostics
import Texts

extension Database {
  /// The places where ``written(renaming:)`` differs from the text, in the order of the text; none
  /// where it is canonical already. The text has to have been read without problems.
  public func changes(renaming rename: (Field, RecordSet) -> Text?) -> [FormatChange] {
    var pass = ChangePass(source: source)
    for element in elements(renaming: rename) {
      pass.passBlankLines(to: element.start, isFirst: element.isFirst)
      switch element.kind {
      case .comment: pass.look(atComment: element)
      case .field(let field, let name): pass.look(at: field, name, element)
      }
    }
    pass.passEnd()
    return pass.changes
  }

  /// Fields and comments as they follow each other.
  private func elements(renaming rename: (Field, RecordSet) -> Text?) -> [Element] {
    var elements = storage.comments.map { Element(.comment, $0.range) }
    for set in recordSets {
      let first = set.slot.descriptor < 0 ? set.slot.start : set.slot.descriptor
      for record in storage.records[Int(first)..<Int(set.slot.end)] {
        for slot in storage.fields[Int(record.start)..<Int(record.end)] {
          let field = Field(storage: storage, slot: slot)
          let name = field.isCanonicalName ? nil : rename(field, set)
          elements.append(Element(.field(field, name), slot.name.joined(with: slot.value)))
        }
      }
    }
    elements.sort { $0.start < $1.start }
    if !elements.isEmpty { elements[0].isFirst = true }
    return elements
  }
}

/// A comment, or a field with all its lines.
private struct Element {
  enum Kind {
    case comment
    /// A field, with the name that it should have.
    case field(Field, Text?)
  }

  let kind: Kind
  let start: Int
  let end: Int
  var isFirst = false

  init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    (start, end) = (Int(range.start), Int(range.end))
  }
}

/// Walks over the text with its elements, counting lines.
private struct ChangePass {
  private let bytes: [UInt8]
  private(set) var changes: [FormatChange] = []
  /// The offset behind the line feed of the element before.
  private var offset = 0
  private var line = 1

  init(source: Source) {
    bytes = source.bytes
  }

  private mutating func add(_ kind: FormatChange.Kind) {
    changes.append(FormatChange(kind, line: line))
  }

  /// Between two elements stands no line or an empty one.
  mutating func passBlankLines(to start: Int, isFirst: Bool) {
    let lineStart = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    passBlankLines(until: lineStart, wanted: isFirst ? 0 : 1)
    offset = lineStart
    if lineStart < start { add(.indentation) }
  }

  private mutating func passBlankLines(until end: Int, wanted: Int) {
    let gap = bytes[offset..<max(offset, end)]
    let isClosed = gap.last == UInt8(ascii: "\n") || gap.isEmpty
    let found = gap.count { $0 == UInt8(ascii: "\n") } + (isClosed ? 0 : 1)
    if found > wanted {
      add(.blankLines(found: found, wanted: wanted))
    } else if gap.count > found {
      add(.lineOfBlanks)
    }
    line += found
  }

  mutating func look(atComment comment: Element) {
    finish(comment)
  }

  mutating func look(at field: Field, _ name: Text?, _ element: Element) {
    let nameEnd = Int(field.name.range.end)
    let colon = bytes[nameEnd...].firstIndex(of: UInt8(ascii: ":")) ?? nameEnd
    let shown = (name ?? field.name).string
    if name != nil {
      add(.label(field.name.string, name: shown))
    } else if colon > nameEnd {
      add(.blankBeforeColon(name: shown))
    }
    let valueStart = Int(field.slot.value.start)
    let separator = bytes[min(colon + 1, valueStart)..<valueStart]
    let isEmpty = field.value.isEmpty || field.value.bytes.first == UInt8(ascii: "\n")
    if isEmpty, !separator.isEmpty { add(.blankAfterColon(name: shown)) }
    if !isEmpty, !separator.elementsEqual(" ".utf8) { add(.noBlankAfterColon(name: shown)) }
    if field.slot.folded >= 0 { lookAtLines(of: field, valueStart..<element.end) }
    finish(element)
  }

  private mutating func lookAtLines(of field: Field, _ range: Range<Int>) {
    var writer = Writer()
    writer.writeField(name: [], value: field.value.bytes)
    var wanted = writer.bytes[...].dropFirst().dropLast()
    if wanted.first == UInt8(ascii: " ") { wanted.removeFirst() }
    let found = bytes[range]
    if found == wanted { return }
    let isJoined = !found.ranges(of: "\\\n".utf8).isEmpty || found.last == UInt8(ascii: "\\")
    add(isJoined ? .joinedLines : .plusWithoutBlank)
  }

  private mutating func finish(_ element: Element) {
    line += bytes[element.start..<element.end].count { $0 == UInt8(ascii: "\n") }
    offset = min(element.end + 1, bytes.count)
    if element.end >= bytes.count, bytes.last != UInt8(ascii: "\n") { add(.noLastLineEnd) }
    line += 1
  }

  mutating func passEnd() {
    passBlankLines(until: bytes.count, wanted: 0)
  }
}
