import Texts

/// The order of the fields of a record, and which of them stay when they have no value.
public struct FieldOrder: Sendable {
  /// The names of the fields in the order of the schema.
  public let names: [String]
  public let mandatory: Set<String>
  /// The fields of which a value without anything to see counts as one.
  public let blanksCount: Set<String>

  public init(names: [String], mandatory: Set<String>, blanksCount: Set<String>) {
    (self.names, self.mandatory, self.blanksCount) = (names, mandatory, blanksCount)
  }

  /// The place of a field; behind all others for one that the schema does not have.
  func index(of name: String) -> Int { names.firstIndex(of: name) ?? names.count }
}

/// The lines of one record, of which some fields get other values. What is not touched stays to the
/// byte: comments, the order of the fields, names, spacing.
struct RecordText {
  private enum Kind {
    /// A field with all its lines.
    case field(name: String, value: Text)
    /// A field that is commented out and has no value, as in a blank form: `#buoi:`.
    case commented(name: String)
    case comment
    /// A line that could not be read.
    case other
  }

  private struct Piece {
    let kind: Kind
    /// Whole lines, with the last line feed.
    var bytes: [UInt8]

    var fieldName: String? { if case .field(let name, _) = kind { name } else { nil } }
    var value: Text? { if case .field(_, let value) = kind { value } else { nil } }
    var commentedName: String? { if case .commented(let name) = kind { name } else { nil } }
    var isComment: Bool { if case .comment = kind { true } else { false } }
  }

  private var pieces: [Piece] = []

  /// A new record, without any line.
  init() {}

  /// - Parameters:
  ///   - record: the record in the paragraph; nil for one of comments alone.
  ///   - name: the name that the schema gives a field.
  init(_ paragraph: Paragraph, _ record: Record?, in source: Source, name: (Field) -> String) {
    var offset = paragraph.range.lowerBound
    for field in record?.fields.map(\.self) ?? [] {
      let start = source.lineRange(at: Int(field.slot.name.start)).lowerBound
      addLines(in: offset..<start, of: source)
      offset = min(Int(field.slot.value.end) + 1, source.bytes.count)
      add(.field(name: name(field), value: field.value), source.bytes[start..<offset])
    }
    addLines(in: offset..<paragraph.range.upperBound, of: source)
  }

  private mutating func addLines(in range: Range<Int>, of source: Source) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let line = source.lineRange(at: offset)
      let text = Text(
        source: source, range: SourceRange(start: line.lowerBound, end: line.upperBound))
      let kind: Kind =
        if let field = text.commentedField, field.isBlank {
          .commented(name: field.name.string)
        } else {
          text.bytes.first == UInt8(ascii: "#") ? .comment : .other
        }
      let next = min(line.upperBound + 1, source.bytes.count)
      add(kind, source.bytes[line.lowerBound..<next])
      offset = line.upperBound + 1
    }
  }

  private mutating func add(_ kind: Kind, _ bytes: ArraySlice<UInt8>) {
    let isEnded = bytes.last == UInt8(ascii: "\n")
    pieces.append(Piece(kind: kind, bytes: isEnded ? Array(bytes) : bytes + [UInt8(ascii: "\n")]))
  }

  /// The lines, the last one with its line feed.
  var bytes: [UInt8] { pieces.flatMap(\.bytes) }

  /// Tells whether fields are commented out in it, as in a record of a blank form that may be left out.
  var isBlankForm: Bool { pieces.contains { $0.commentedName != nil } }

  // MARK: - Values

  /// The values of a field, without those that are not filled in.
  func values(_ name: String, _ order: FieldOrder) -> [String] {
    pieces.compactMap { piece in
      guard let value = piece.value, piece.fieldName == name,
        order.blanksCount.contains(name) || !value.isOfBlanks
      else { return nil }
      return value.string
    }
  }

  /// Gives a field other values.
  mutating func set(_ name: String, _ wanted: [String], _ order: FieldOrder) {
    guard values(name, order) != wanted else { return }
    let places = pieces.indices.filter { pieces[$0].fieldName == name }
    guard let last = places.last else { return add(name, wanted, order) }
    if wanted.isEmpty { return clear(places, order) }
    let old = places.map { pieces[$0].value?.string ?? "" }
    let head = zip(old, wanted).prefix { $0 == $1 }.count
    let most = min(old.count, wanted.count) - head
    let tail = zip(old.reversed(), wanted.reversed()).prefix { $0 == $1 }.prefix(most).count
    let changed = Array(places[head..<places.count - tail])
    let values = wanted[head..<wanted.count - tail]
    for (place, value) in zip(changed, values) {
      pieces[place] = piece(name, value, namedAs: pieces[place])
    }
    let behind = (changed.last ?? (head > 0 ? places[head - 1] : last)) + 1
    let more = values.dropFirst(changed.count).map { piece(name, $0, namedAs: pieces[last]) }
    if changed.isEmpty, head == 0 {
      pieces.insert(contentsOf: more, at: places[0])
    } else {
      pieces.insert(contentsOf: more, at: behind)
    }
    for place in changed.dropFirst(values.count).reversed() { pieces.remove(at: place) }
  }

  /// A field with a value.
  ///
  /// - Parameter old: a field of the record, whose name, perhaps a label, is written again.
  private func piece(_ name: String, _ value: String, namedAs old: Piece? = nil) -> Piece {
    var writer = Writer()
    writer.writeField(old.flatMap { nameAsWritten($0) } ?? name, value)
    return Piece(kind: .field(name: name, value: Text(value)), bytes: writer.bytes)
  }

  private func nameAsWritten(_ piece: Piece) -> String? {
    piece.bytes.firstIndex(of: UInt8(ascii: ":")).map {
      String(decoding: piece.bytes[..<$0], as: UTF8.self)
        .trimmed
    }
  }

  /// Writes a field that the record does not have: in the place where it is commented out, or else
  /// where the schema's order has it.
  private mutating func add(_ name: String, _ values: [String], _ order: FieldOrder) {
    let new = values.map { piece(name, $0) }
    if let place = pieces.firstIndex(where: { $0.commentedName == name }) {
      pieces.replaceSubrange(place...place, with: new)
      return
    }
    let own = order.index(of: name)
    let before = pieces.lastIndex { piece in
      (piece.fieldName ?? piece.commentedName).map { order.index(of: $0) <= own } ?? false
    }
    let place = before.map { $0 + 1 } ?? pieces.firstIndex { $0.fieldName != nil } ?? pieces.count
    pieces.insert(contentsOf: new, at: place)
  }

  /// Takes the values off a field: a mandatory one, and the only one of a record, stays without; one
  /// with a comment right above is commented out, as in a blank form; of any other nothing stays.
  private mutating func clear(_ places: [Int], _ order: FieldOrder) {
    guard let first = places.first, let name = pieces[first].fieldName else { return }
    let isOnly = pieces.count { $0.fieldName != nil } == places.count
    for place in places.dropFirst().reversed() { pieces.remove(at: place) }
    if order.mandatory.contains(name) || isOnly {
      pieces[first] = piece(name, "", namedAs: pieces[first])
    } else if first > 0, pieces[first - 1].isComment {
      pieces[first] = Piece(kind: .commented(name: name), bytes: Array("#\(name):\n".utf8))
    } else {
      pieces.remove(at: first)
    }
  }

  /// Adds the mandatory fields that it has not, without a value, so that the text shows what is to be
  /// filled in.
  mutating func addMandatory(_ order: FieldOrder) {
    for name in order.names where order.mandatory.contains(name) {
      if !pieces.contains(where: { $0.fieldName == name }) { add(name, [""], order) }
    }
  }
}

extension Text {
  /// Tells whether there is nothing to see in it.
  fileprivate var isOfBlanks: Bool { bytes.allSatisfy(\.isSpace) }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
