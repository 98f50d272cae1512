import Diagnostics
import Reports

/// Reads a part that holds paragraphs: the body of a document, a header, the notes.
final class DocumentHandler: XMLHandler {
  private(set) var blocks: [WrittenBlock] = []
  private(set) var asides: [WrittenAside] = []
  /// The texts of the notes or comments of the part, by their numbers.
  private(set) var notes: [String: String] = [:]
  /// Where the body refers to notes.
  private(set) var references: [(aside: ImportProblem.Aside, id: String, paragraph: Int)] = []

  private let styles: DocumentStyles
  private let numbering: DocumentNumbering
  private let limits: DocumentLimits
  /// Whether numbers of pages are left out.
  private let isMargin: Bool

  private var places: [Place] = []
  private var paragraphs: [OpenParagraph] = []
  private var tables: [WrittenTable] = []
  private var fields: [Field] = []
  private var choices: [Bool] = []
  private var skipped = 0
  private var deletions = 0
  private var isInText = false
  private var isInProperties = false
  private var note: (id: String, start: Int)?
  private var (paragraphCount, cellCount, textSize) = (0, 0, 0)
  private var breaksPage = false

  /// What the paragraphs that come belong to: a cell, or else a text box.
  private struct Place {
    var cell: WrittenCell?
    var boxed: [WrittenBlock] = []
  }

  private struct Field {
    var isInCode = true
    var isPageNumber = false
  }

  /// A paragraph that has not come to its end; a text box in it has paragraphs of its own.
  private struct OpenParagraph {
    var text: [UInt8] = []
    var deleted: [UInt8] = []
    var hidden: [UInt8] = []
    var style: String?
    var look = DocumentStyles.Look()
    var run = DocumentStyles.Look()
    var runStyle: String?
    var isInRun = false
    var hasPlainText = false
    var hasUprightText = false
    var endsSection = false
    var beginsPage = false
    var boxes: [WrittenBlock] = []
    let number: Int

    init(number: Int) { self.number = number }
  }

  init(
    _ styles: DocumentStyles, _ numbering: DocumentNumbering, _ limits: DocumentLimits,
    isMargin: Bool
  ) {
    (self.styles, self.numbering, self.limits) = (styles, numbering, limits)
    self.isMargin = isMargin
  }

  // MARK: Elements

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if skipped > 0 { return skipped += 1 }
    if isInProperties, startProperty(name, attributes) { return }
    switch name {
    case "p": startParagraph()
    case "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr": startProperties(name)
    case "r": change { ($0.isInRun, $0.run, $0.runStyle) = (true, DocumentStyles.Look(), nil) }
    case "t", "delText": isInText = true
    case "tab", "ptab": add("\t")
    case "br": startBreak(attributes)
    case "cr": add("\n")
    case "noBreakHyphen": add("-")
    case "sym": add(symbol(attributes))
    case "del", "moveFrom": deletions += 1
    case "fldChar": startField(attributes)
    case "fldSimple":
      fields.append(
        Field(isInCode: false, isPageNumber: isPageNumber(attributes.string("instr") ?? "")))
    case "instrText": isInText = !fields.isEmpty
    case "delInstrText", "sdtPr", "sdtEndPr", "tblGrid", "rt": skipped = 1
    default: startOther(name, attributes)
    }
  }

  private func startOther(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "tbl": tables.append(WrittenTable())
    case "tr": changeTable { $0.rows.append(WrittenRow()) }
    case "tc": startCell()
    case "txbxContent": places.append(Place())
    case "AlternateContent": choices.append(false)
    case "Choice", "Fallback":
      if choices.last ?? false {
        skipped = 1
      } else if !choices.isEmpty {
        choices[choices.count - 1] = true
      }
    case "docPr", "imagedata": addPicture(name, attributes)
    case "footnoteReference": addReference(.footnote, attributes)
    case "endnoteReference": addReference(.endnote, attributes)
    case "commentReference": addReference(.comment, attributes)
    case "footnote", "endnote", "comment":
      note = (attributes.string("id") ?? "", blocks.count)
    default: break
    }
  }

  override func end(_ name: XMLName) {
    if skipped > 0 { return skipped -= 1 }
    switch name {
    case "p": endParagraph()
    case "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr": endProperties(name)
    case "r": change { $0.isInRun = false }
    case "t", "delText", "instrText": isInText = false
    case "del", "moveFrom": if !isInProperties { deletions = max(0, deletions - 1) }
    case "fldSimple": _ = fields.popLast()
    case "tbl": endTable()
    case "tc": endCell()
    case "txbxContent":
      if let box = places.popLast(), box.cell == nil { change { $0.boxes += box.boxed } }
    case "AlternateContent": _ = choices.popLast()
    case "footnote", "endnote", "comment": endNote()
    default: break
    }
  }

  override func text(_ bytes: Span<UInt8>) {
    guard isInText, skipped == 0, !paragraphs.isEmpty else { return }
    textSize += bytes.count
    guard textSize <= limits.text else {
      return end(.flaw(.tooManyTexts(limit: limits.text)))
    }
    let text = bytes.withUnsafeBufferPointer { Array($0) }
    if let field = fields.last, field.isInCode {
      if isPageNumber(String(decoding: text, as: UTF8.self)) {
        fields[fields.count - 1].isPageNumber = true
      }
      return
    }
    add(text)
  }

  // MARK: Properties

  private var properties: [Properties] = []

  private enum Properties { case paragraph, mark, run, row, cell, other }

  private func startProperties(_ name: XMLName) {
    let kind: Properties =
      switch name {
      case "pPr": .paragraph
      case "rPr": properties.isEmpty ? .run : .mark
      case "trPr": .row
      case "tcPr": .cell
      default: .other
      }
    properties.append(kind)
    isInProperties = true
  }

  private func endProperties(_ name: XMLName) {
    _ = properties.popLast()
    isInProperties = !properties.isEmpty
  }

  /// Reads a property; false for one that has properties of its own.
  private func startProperty(_ name: XMLName, _ attributes: XMLAttributes) -> Bool {
    switch name {
    case "rPr": return false
    case "sectPr":
      // The section before it, or the whole document, ends here.
      change { $0.endsSection = true }
      return false
    case "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange",
      "numberingChange":
      skipped = 1
      return true
    default: break
    }
    switch properties.last {
    case .paragraph:
      if case "pStyle" = name { change { $0.style = attributes.string("val") } }
      change { $0.look.read(name, attributes) }
    case .run:
      if case "rStyle" = name { change { $0.runStyle = attributes.string("val") } }
      change { $0.run.read(name, attributes) }
    case .row:
      changeTable { table in
        guard !table.rows.isEmpty else { return }
        switch name {
        case "tblHeader": table.rows[table.rows.count - 1].isHead = attributes.isOn
        case "gridBefore":
          table.rows[table.rows.count - 1].skipped = min(attributes.number("val") ?? 0, 63)
        default: break
        }
      }
    case .cell: readCellProperty(name, attributes)
    case .mark, .other, nil:
      if case "type" = name, attributes.has("val", "continuous") {
        change { $0.endsSection = false }
      }
    }
    return true
  }

  private func readCellProperty(_ name: XMLName, _ attributes: XMLAttributes) {
    guard let last = places.indices.last else { return }
    switch name {
    case "gridSpan": places[last].cell?.columns = min(max(attributes.number("val") ?? 1, 1), 64)
    case "vMerge": places[last].cell?.continues = !attributes.has("val", "restart")
    default: break
    }
  }

  // MARK: Texts

  private func change(_ body: (inout OpenParagraph) -> Void) {
    guard !paragraphs.isEmpty else { return }
    body(&paragraphs[paragraphs.count - 1])
  }

  private func add(_ text: String) { add(Array(text.utf8)) }

  /// Adds a text to where it belongs: what is seen, what was deleted, what is hidden.
  private func add(_ text: [UInt8]) {
    guard !fields.contains(where: { $0.isInCode || $0.isPageNumber && isMargin }) else { return }
    let (isDeleted, styles) = (deletions > 0, styles)
    change { paragraph in
      if isDeleted { return paragraph.deleted += text }
      var run = paragraph.run
      run.inherit(styles.look(of: paragraph.runStyle))
      run.inherit(styles.paragraphLook(paragraph.style))
      if run.isHidden ?? false { return paragraph.hidden += text }
      paragraph.text += run.shift?.shown(text) ?? text
      guard text.contains(where: { $0 > 0x20 }) else { return }
      if !(run.isBold ?? false) { paragraph.hasPlainText = true }
      if !(run.isItalic ?? false) { paragraph.hasUprightText = true }
    }
  }

  private func startBreak(_ attributes: XMLAttributes) {
    guard attributes.has("type", "page") else { return add("\n") }
    if paragraphs.last?.text.isEmpty ?? false {
      change { $0.beginsPage = true }
    } else {
      breaksPage = true
    }
  }

  private func startField(_ attributes: XMLAttributes) {
    if attributes.has("fldCharType", "begin"), fields.count < Self.deepestField {
      fields.append(Field())
    } else if attributes.has("fldCharType", "separate"), !fields.isEmpty {
      fields[fields.count - 1].isInCode = false
    } else if attributes.has("fldCharType", "end") {
      _ = fields.popLast()
    }
  }

  /// More fields do not stand within each other in any document.
  private static let deepestField = 64

  private func isPageNumber(_ code: String) -> Bool {
    let word = code.split(separator: " ").first.map { $0.uppercased() }
    return ["PAGE", "NUMPAGES", "SECTIONPAGES"].contains(word)
  }

  /// A character of a font of signs: what other fonts have too, or a mark, which is told.
  private func symbol(_ attributes: XMLAttributes) -> String {
    guard let code = attributes.string("char").flatMap({ UInt32($0, radix: 16) }) else { return "" }
    if !(0xE000...0xF8FF).contains(code) {
      return UnicodeScalar(code).map { String(Character($0)) } ?? ""
    }
    let plain = code & 0xFF
    if plain == 0xB7 || plain == 0xA7 { return "•" }
    asides.append(
      WrittenAside(
        .symbol, "\(attributes.string("font") ?? "?") \(String(code, radix: 16, uppercase: true))",
        at: paragraphs.last?.number))
    return "□"
  }

  private func addPicture(_ name: XMLName, _ attributes: XMLAttributes) {
    // A shape of text has docPr too: only what says something is told.
    let text = attributes.string("descr") ?? attributes.string("title") ?? ""
    guard !text.isEmpty else { return }
    asides.append(WrittenAside(.picture, text, at: paragraphs.last?.number))
  }

  private func addReference(_ aside: ImportProblem.Aside, _ attributes: XMLAttributes) {
    references.append((aside, attributes.string("id") ?? "", paragraphs.last?.number ?? 0))
  }

  private func endNote() {
    guard let note else { return }
    let texts = blocks[min(note.start, blocks.count)...].flatMap(\.texts)
    notes[note.id] = texts.joined(separator: " ")
    self.note = nil
  }

  // MARK: Paragraphs and tables

  private func startParagraph() {
    paragraphCount += 1
    guard paragraphCount <= limits.paragraphs else {
      return end(.flaw(.tooManyParagraphs(limit: limits.paragraphs)))
    }
    var paragraph = OpenParagraph(number: paragraphCount)
    paragraph.beginsPage = breaksPage
    breaksPage = false
    paragraphs.append(paragraph)
  }

  private func endParagraph() {
    guard let open = paragraphs.popLast() else { return }
    tell(.deletion, open.deleted, open.number)
    tell(.hidden, open.hidden, open.number)
    var look = open.look
    look.inherit(styles.paragraphLook(open.style))
    var paragraph = WrittenParagraph()
    paragraph.number = open.number
    paragraph.text = String(decoding: open.text, as: UTF8.self)
    let hasText = open.text.contains { $0 > 0x20 }
    paragraph.isBold = hasText && !open.hasPlainText
    paragraph.isItalic = hasText && !open.hasUprightText
    paragraph.alignment = look.alignment ?? .start
    paragraph.outlineLevel = look.outlineLevel.flatMap { $0 <= 9 ? $0 : nil }
    paragraph.beginsPage = open.beginsPage || look.beginsPage ?? false
    if let list = look.list, hasText || open.deleted.isEmpty {
      paragraph.label = numbering.label(list: list, level: look.listLevel ?? 0, styles)
    }
    if open.endsSection { breaksPage = true }
    put([.paragraph(paragraph)] + open.boxes)
  }

  private func tell(_ aside: ImportProblem.Aside, _ text: [UInt8], _ paragraph: Int) {
    guard text.contains(where: { $0 > 0x20 }) else { return }
    asides.append(WrittenAside(aside, String(decoding: text, as: UTF8.self), at: paragraph))
  }

  /// Puts blocks into the cell, box or document that is open. A cell holds paragraphs alone.
  private func put(_ new: [WrittenBlock]) {
    guard let last = places.indices.last else { return blocks += new }
    if places[last].cell == nil {
      places[last].boxed += new
    } else {
      places[last].cell?.paragraphs += new.flatMap(\.paragraphs)
    }
  }

  private func changeTable(_ body: (inout WrittenTable) -> Void) {
    guard !tables.isEmpty else { return }
    body(&tables[tables.count - 1])
  }

  private func startCell() {
    cellCount += 1
    guard cellCount <= limits.cells else {
      return end(.flaw(.tooManyCells(limit: limits.cells)))
    }
    places.append(Place(cell: WrittenCell()))
  }

  private func endCell() {
    guard let cell = places.popLast()?.cell else { return }
    changeTable { table in
      guard !table.rows.isEmpty else { return }
      table.rows[table.rows.count - 1].cells.append(cell)
    }
  }

  private func endTable() {
    guard let table = tables.popLast() else { return }
    let block = WrittenBlock.table(table)
    if places.last?.cell != nil {
      let texts = block.texts
      if let first = texts.first {
        asides.append(WrittenAside(.nestedTable, first, at: block.paragraphs.first?.number))
      }
    }
    put([block])
  }
}

extension WrittenBlock {
  /// Its paragraphs, those of cells in the order of rows.
  var paragraphs: [WrittenParagraph] {
    switch self {
    case .paragraph(let paragraph): [paragraph]
    case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.paragraphs) }
    }
  }

  /// The texts that are not empty.
  var texts: [String] {
    paragraphs.map(\.text).filter { text in text.utf8.contains { $0 > 0x20 } }
  }
}
