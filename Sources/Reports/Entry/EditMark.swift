import Diagnostics
import Records
import Texts

/// The mark of what a page shows of the field that is being edited.
///
/// Two characters that nobody writes go through the rendering with the text of the field, and become
/// elements `mark` on the page.
public enum EditMark {
  static let opening: Character = "\u{F8F0}"
  static let closing: Character = "\u{F8F1}"
  /// The first characters that may be signs of Markdown.
  private static let signs = Set("[]()<>`*_\\|&~^!{}\n\u{F8F0}\u{F8F1}")

  /// A text with the characters around its letters, all but the first and the last one of them, which
  /// templates look at; nil for a text without two letters.
  static func around(_ text: String) -> String? {
    guard let start = text.firstIndex(where: \.isLetter) else { return nil }
    let first = text.index(after: start)
    let end = text[first...].firstIndex(where: signs.contains) ?? text.endIndex
    guard let last = text[first..<end].lastIndex(where: \.isLetter) else { return nil }
    return text[..<first] + String(opening) + text[first..<last] + String(closing) + text[last...]
  }

  /// A page of HTML with elements `mark` in place of the characters; the first one has the `id`
  /// `dang-sua`. In tags, styles and scripts, and in the title, the characters are dropped.
  public static func marked(_ page: [UInt8]) -> [UInt8] {
    var pass = MarkPass(page)
    return pass.run()
  }
}

/// A walk over the bytes of a page.
private struct MarkPass {
  private static let opening = Array(String(EditMark.opening).utf8)
  private static let closing = Array(String(EditMark.closing).utf8)
  /// The elements in which no other element may stand.
  private static let rawElements = ["style", "script", "title", "textarea"].map { Array($0.utf8) }

  private let page: [UInt8]
  private var output: [UInt8] = []
  private var offset = 0
  private var isMarked = false
  private var isOpen = false
  private var hasID = false

  init(_ page: [UInt8]) { self.page = page }

  mutating func run() -> [UInt8] {
    guard !page.ranges(of: Self.opening).isEmpty else { return page }
    output.reserveCapacity(page.count + 256)
    while offset < page.count {
      if page[offset] == UInt8(ascii: "<") {
        readTag()
      } else if page[offset...].starts(with: Self.opening) {
        offset += Self.opening.count
        takeBackCharacter()
      } else if page[offset...].starts(with: Self.closing) {
        offset += Self.closing.count
        takeCharacter()
        close()
        isMarked = false
      } else {
        if isMarked, page[offset] != UInt8(ascii: "\n") { open() }
        output.append(page[offset])
        offset += 1
      }
    }
    close()
    return output
  }

  /// Copies a tag, and all of an element that has text alone.
  private mutating func readTag() {
    close()
    var end = page[offset...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? page.count
    let name = page[(offset + 1)..<end].prefix {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">")
    }
    if Self.rawElements.contains(where: { $0.elementsEqual(name) }) {
      let tail = Array("</".utf8) + name
      var next = end
      while next < page.count, !page[next...].starts(with: tail) { next += 1 }
      end = next
    }
    appendWithoutMarks(page[offset..<end])
    offset = end
  }

  private mutating func appendWithoutMarks(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let rest = bytes[index...]
      if rest.starts(with: Self.opening) || rest.starts(with: Self.closing) {
        index += Self.opening.count
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
  }

  /// Begins the mark before the letter that stands in front of it.
  private mutating func takeBackCharacter() {
    isMarked = true
    var start = output.count
    while start > 0 {
      start -= 1
      if output[start] & 0xC0 != 0x80 { break }
    }
    guard start < output.count, let first = output[start...].first, first != UInt8(ascii: ">"),
      first != UInt8(ascii: ";")
    else { return }
    let letter = output[start...]
    output.removeLast(letter.count)
    open()
    output += letter
  }

  /// Copies the letter behind the mark into it.
  private mutating func takeCharacter() {
    guard offset < page.count, page[offset] != UInt8(ascii: "<"), page[offset] != UInt8(ascii: "&")
    else { return }
    open()
    repeat {
      output.append(page[offset])
      offset += 1
    } while offset < page.count && page[offset] & 0xC0 == 0x80
  }

  private mutating func open() {
    if isOpen { return }
    output += (hasID ? "<mark>" : "<mark id=\"dang-sua\">").utf8
    (isOpen, hasID) = (true, true)
  }

  private mutating func close() {
    if isOpen { output += "</mark>".utf8 }
    isOpen = false
  }
}

extension DataFile {
  /// The file with marks around a field, to be rendered and handed to ``EditMark/marked(_:)``.
  ///
  /// Only texts can have them. For a figure, a day or a code, and for a record as a whole, those texts of
  /// the record are marked that stand nearest to it. nil where the record has none.
  public func marked(_ place: EntryPlace, _ templates: TemplateCollection) -> DataFile? {
    let records = database.records(ofType: place.type)
    guard records.indices.contains(place.record), let schema = try? EntrySchema(of: self, templates)
    else { return nil }
    let record = records[place.record]
    guard let type = schema.type(named: place.type, ofKind: record.kindName) else { return nil }
    let values = record.entryValues(type)
    let names = record.fields.map { type.name(of: $0) }
    let own = place.field.flatMap { field in names.firstIndex { $0.isSpelled(field) } }
    let near = names.enumerated().sorted { one, other in
      let from = own ?? 0
      return (abs(one.offset - from), one.offset) < (abs(other.offset - from), other.offset)
    }
    for (_, name) in near where type.isText(name, schema) {
      let marked = (values[name.string] ?? []).map { EditMark.around($0) ?? $0 }
      guard marked != values[name.string] ?? [] else { continue }
      let order = FieldOrder(names: [], mandatory: [], blanksCount: [])
      let edited = records.indices.map { index in
        EditedRecord(
          origin: index, values: index == place.record ? [(name.string, marked)] : [], order: order)
      }
      let bytes = database.editing(place.type, edited, among: []) { type.name(of: $0).string }
      return try? DataFile.read(name: source.name, bytes: bytes)
    }
    return nil
  }
}

extension RecordType {
  /// Tells whether a field is printed as a text, so that further characters in it harm nothing.
  fileprivate func isText(_ name: Text, _ schema: EntrySchema) -> Bool {
    guard let rule = rule(for: name), rule.type == nil, rule.valueType == nil, !rule.isKey,
      !rule.isSingular
    else { return false }
    let own = schema.declarations.filter { $0.type == self.name }
    let codes = own.filter { $0.relation == .code }.flatMap(\.operands)
    // By the kind and the issuer a template tells how a document is cited; of the last, the title, it only
    // prints the words.
    let parts = own.filter { $0.relation == .citation }.flatMap { $0.operands.dropLast() }
    return !(codes + parts).contains { $0.field == rule.name }
      && !(self.name.isSpelled(Schema.documentType) && rule.name.isSpelled(Schema.kindField))
      && !DataFile.namesPicture(rule.name, ofType: self.name)
  }
}
