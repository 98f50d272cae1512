import Diagnostics
import Texts

/// The beginning of a document: its kind, the head, the subject and the addressees.
struct DocumentOpening {
  let kind: DocumentKind
  let head: DocumentHead
  let subject: String?
  private(set) var addressees: [String] = []
  /// The block with which the text begins.
  private(set) var end: Int
  private(set) var unplaced: [WrittenLine] = []

  /// So far down stands the name of a kind.
  private static let longestHead = 80

  /// - Parameter wanted: the kind that a person chose; nil for the one that the document names.
  /// - Throws: that the kind is not known, or takes no document as it is.
  init(
    _ document: WrittenDocument, wanted: String?, _ kinds: ImportableKinds,
    _ registers: CheckRegisters, _ words: WordingRegister
  ) throws(Problems) {
    let blocks = document.blocks
    var chosen: DocumentKind?
    if let wanted { chosen = try kinds.kind(named: wanted) }
    let title = DocumentOpening.title(in: document, kinds, words)
    let letterStart = DocumentOpening.letterStart(blocks)
    if let title, letterStart.map({ title.block < $0 }) ?? true {
      if chosen == nil { chosen = try kinds.kind(ofDocuments: title.name) }
      guard let kind = chosen else { throw Problems([]) }
      self.kind = kind
      head = DocumentHead(blocks[..<title.block], registers, words)
      var reading = SubjectReading(blocks, title, words)
      reading.read()
      (subject, end) = (reading.subject, reading.end)
      if kind.documentName?.foldedText != title.written.foldedText {
        unplaced.append(WrittenLine(title.written, like: title.line))
      }
    } else if let chosen, letterStart == nil || chosen.documentName != nil {
      kind = chosen
      let unknown = DocumentOpening.unknownTitle(blocks)
      let top = unknown?.block ?? DocumentOpening.headEnd(blocks)
      head = DocumentHead(blocks[..<top], registers, words)
      guard let unknown else {
        (subject, end) = (head.subject, top)
        return
      }
      unplaced.append(unknown.line)
      var reading = SubjectReading(blocks, unknown, words)
      reading.read()
      (subject, end) = (reading.subject, reading.end)
    } else {
      let start = letterStart ?? DocumentOpening.headEnd(blocks)
      let head = DocumentHead(blocks[..<start], registers, words)
      guard let letter = chosen ?? kinds.letter, letterStart != nil || head.subject != nil else {
        let unknown = DocumentOpening.unknownTitle(blocks)?.line.text
        throw Problems([
          Diagnostic(.importing(.unknownKind(title: unknown, known: kinds.names)), at: nil)
        ])
      }
      (kind, self.head, subject, end) = (letter, head, head.subject, start)
    }
    readAddressees(blocks)
  }

  // MARK: Where it begins

  struct Title {
    let block: Int
    let line: WrittenLine
    /// The line within its paragraph.
    let index: Int
    /// Folded.
    let name: String
    let written: String
    /// What follows the name in the line.
    let rest: String
  }

  /// The first line with the name of a kind, above the sections.
  private static func title(
    in document: WrittenDocument, _ kinds: ImportableKinds, _ words: WordingRegister
  ) -> Title? {
    let blocks = document.blocks
    for (block, content) in blocks.prefix(longestHead).enumerated() {
      guard case .paragraph(let paragraph) = content else { continue }
      for (index, line) in paragraph.lines.enumerated() {
        // The title of a section may be the name of a kind.
        if line.beginsSection { return nil }
        guard let (name, rest) = kinds.name(atStartOf: line) else { continue }
        let below = paragraph.lines.dropFirst(index + 1) + following(block, in: blocks)
        let reading = TitleReading(
          line, name, rest, below.first { !$0.text.isRule }, words, hasLooks: document.hasLooks)
        guard reading.isTitle else { continue }
        let written = reading.isNameAlone ? line.text : String(line.text.prefix(name.count))
        return Title(
          block: block, line: line, index: index, name: name, written: written.trimming(".:"),
          rest: reading.isNameAlone ? "" : rest)
      }
    }
    return nil
  }

  /// The lines of the next paragraph that has some.
  private static func following(_ block: Int, in blocks: [WrittenBlock]) -> [WrittenLine] {
    let next = blocks[(block + 1)...].prefix(8).first { block in
      block.lines.contains { !$0.text.isRule }
    }
    guard case .paragraph(let paragraph)? = next else { return [] }
    return paragraph.lines
  }

  /// Where the addressees stand, behind the head.
  private static func letterStart(_ blocks: [WrittenBlock]) -> Int? {
    blocks.prefix(longestHead).firstIndex { block in
      block.lines.first.map { AddresseeReading.begins($0) } ?? false
    }
  }

  /// Behind the last line of which it is sure that it belongs to a head.
  private static func headEnd(_ blocks: [WrittenBlock]) -> Int {
    let last = blocks.prefix(30).lastIndex { block in
      block.lines.contains { line in
        line.begins(with: "số") && line.text.contains("/") && line.text.count < 60
          || line.begins(with: "v/v") || line.folded.contains("việt nam") && line.isCapital
          || WrittenDay(line.text) != nil
      }
    }
    return last.map { $0 + 1 } ?? 0
  }

  /// The line in which the name of an unknown kind stands.
  private static func unknownTitle(_ blocks: [WrittenBlock]) -> Title? {
    let start = headEnd(blocks)
    for (block, content) in blocks.enumerated().dropFirst(start).prefix(20) {
      guard case .paragraph(let paragraph) = content, let line = paragraph.lines.first else {
        continue
      }
      guard line.isCapital, line.text.count < 60, line.isBold || line.alignment == .center else {
        continue
      }
      return Title(
        block: block, line: line, index: 0, name: line.folded, written: line.text, rest: "")
    }
    return nil
  }

  private mutating func readAddressees(_ blocks: [WrittenBlock]) {
    var reading = AddresseeReading(blocks, from: end)
    reading.read()
    (addressees, end) = (reading.addressees, reading.end)
  }
}

/// Tells of a line that begins with the name of a kind whether it is the title, and whether all of it is
/// the name.
private struct TitleReading {
  let isTitle: Bool
  /// `KẾ HOẠCH LIÊN TỊCH`: the subject stands below.
  let isNameAlone: Bool

  /// More words behind a kind's name are a subject.
  private static let longestExtension = 4

  /// - Parameters:
  ///   - name: the name of the kind, folded.
  ///   - rest: what follows it in the line.
  ///   - next: the line below.
  init(
    _ line: WrittenLine, _ name: String, _ rest: String, _ next: WrittenLine?,
    _ words: WordingRegister, hasLooks: Bool
  ) {
    let isApart = !hasLooks || line.alignment == .center || line.isBold
    let isExtended = words.nameExtensions.contains(rest.foldedText.trimming(".:"))
    let isWhole = rest.trimming(".:").isEmpty || isExtended
    // «Báo cáo …» may begin a sentence: a name in small letters stands alone.
    isTitle = String(line.text.prefix(name.count)).isAllCapitals || isWhole && isApart
    isNameAlone =
      isWhole
      || isApart && rest.isAllCapitals && !rest.contains(where: \.isNumber)
        && rest.split(separator: " ").count <= Self.longestExtension
        && next.map { Self.isSubject($0, words) } ?? false
  }

  /// Tells whether a line below a title in capitals is the subject, and not what goes on with it.
  private static func isSubject(_ line: WrittenLine, _ words: WordingRegister) -> Bool {
    guard line.alignment == .center || line.isBold, !line.isCapital,
      line.text.first?.isUppercase ?? false
    else { return false }
    if AddresseeReading.begins(line) || line.begins(with: "căn cứ") { return false }
    return !words.continuesSubject(line)
  }
}

extension WrittenLine {
  /// Tells whether it has the label of a section.
  fileprivate var beginsSection: Bool {
    switch TypedLabel.take(from: self, lastRoman: 0)?.label.form {
    case .roman, .number, .article, .part, .chapter: true
    default: false
    }
  }
}

/// Reads the subject, which stands in one or more lines below the name of the kind.
private struct SubjectReading {
  private let blocks: [WrittenBlock]
  private let title: DocumentOpening.Title
  private let register: WordingRegister
  private var words: [String] = []
  private var wasCapital = false
  private(set) var end: Int

  init(
    _ blocks: [WrittenBlock], _ title: DocumentOpening.Title, _ register: WordingRegister
  ) {
    (self.blocks, self.title, self.register) = (blocks, title, register)
    end = title.block + 1
    if !title.rest.isEmpty { words.append(title.rest) }
  }

  var subject: String? { words.isEmpty ? nil : words.joined(separator: " ").withoutEnd }

  mutating func read() {
    let own = blocks[title.block].lines.dropFirst(title.index + 1)
    for line in own where !line.text.isRule { add(line) }
    while end < blocks.count, case .paragraph(let paragraph) = blocks[end] {
      let lines = paragraph.lines
      if lines.allSatisfy({ $0.text.isRule }) {
        let isOver = !words.isEmpty
        end += 1
        if isOver { break }
        continue
      }
      guard lines.allSatisfy(goesOn) else { break }
      for line in lines { add(line) }
      end += 1
    }
    // What only parts the subject from the text.
    while end < blocks.count, case .paragraph(let paragraph) = blocks[end],
      paragraph.lines.allSatisfy({ $0.text.isRule })
    { end += 1 }
  }

  private mutating func add(_ line: WrittenLine) {
    words.append(line.text)
    wasCapital = line.isCapital
  }

  private func goesOn(_ line: WrittenLine) -> Bool {
    if AddresseeReading.begins(line) || line.begins(with: "căn cứ") || line.beginsSection {
      return false
    }
    guard let last = words.last else { return true }
    if last.hasSuffix(","), !line.isItem { return true }
    if wasCapital, line.isCapital, register.continuesSubject(line) { return true }
    guard title.rest.isEmpty || line.alignment == .center else { return false }
    return (line.alignment == .center || line.isBold) && line.isCapital == wasCapital
  }
}

/// Reads whom a document is for: `Kính gửi: …` in one line, in a list below, or in a table.
private struct AddresseeReading {
  private let blocks: [WrittenBlock]
  private(set) var addressees: [String] = []
  private(set) var end: Int

  init(_ blocks: [WrittenBlock], from start: Int) {
    (self.blocks, end) = (blocks, start)
  }

  static func begins(_ line: WrittenLine) -> Bool {
    line.begins(with: "kính gửi") || line.begins(with: "kính trình")
  }

  mutating func read() {
    var next = end
    while next < blocks.count, blocks[next].lines.allSatisfy({ $0.text.isRule }) { next += 1 }
    guard next < blocks.count, let first = blocks[next].lines.first, Self.begins(first) else {
      return
    }
    end = next + 1
    let start = first.folded.hasPrefix("kính gửi") ? 8 : 10
    let rest = String(first.text.dropFirst(start)).drop { ": ".contains($0) }.string
    let isList = rest.isEmpty || rest.hasPrefix("-")
    if !rest.isEmpty { add(rest) }
    for line in blocks[next].lines.dropFirst() { add(line.text) }
    guard isList else { return }
    while end < blocks.count, case .paragraph(let paragraph) = blocks[end] {
      let lines = paragraph.lines
      guard lines.allSatisfy(\.isItem) || addressees.isEmpty else { return }
      for line in lines { add(line.text) }
      end += 1
    }
  }

  private mutating func add(_ text: String) {
    let name = text.drop { "-–+ ".contains($0) }.string.withoutEnd
    if !name.isEmpty { addressees.append(name) }
  }
}
