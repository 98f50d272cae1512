import Diagnostics
import Reports
import Texts

extension WrittenDocument {
  /// Reads a document of Word (.docx, .docm, .dotx, .dotm; macros are not looked at).
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: that it is no such document, or is damaged, locked or hostile.
  public static func read(
    word bytes: Span<UInt8>, file: String, limits: DocumentLimits
  ) throws(Diagnostic) -> WrittenDocument {
    if let flaw = bytes.flawOfOldContainer {
      throw Diagnostic(.office(.document(flaw, file: file)), at: nil)
    }
    do throws(Diagnostic) {
      var zip = try ZipReader(bytes, file: file, limits: limits.container)
      let main = try WordReader.mainPart(of: &zip)
      var reader = WordReader(zip, main: main, limits)
      return try reader.read()
    } catch {
      // The container does not know what it should hold.
      guard case .office(.container(let flaw, let file)) = error.kind else { throw error }
      throw Diagnostic(.office(.document(flaw, file: file)), at: nil)
    }
  }
}

extension Span<UInt8> {
  /// What is wrong with a container of Office 97 to 2003: a locked document is put into one too.
  fileprivate var flawOfOldContainer: OfficeProblem.ContainerFlaw? {
    let start: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    guard count >= start.count, start.indices.allSatisfy({ self[$0] == start[$0] }) else {
      return nil
    }
    // The name of a stream, in UTF-16.
    let name = "EncryptedPackage".utf8.flatMap { letter -> [UInt8] in [letter, 0] }
    return first(of: name.span, from: 0) == nil ? .oldForm : .locked
  }
}

/// The way through the parts of a document.
private struct WordReader: ~Copyable {
  private var zip: ZipReader
  private let limits: DocumentLimits
  private let main: String
  private let links = Relationships()
  private let styles = DocumentStyles()
  private let numbering = DocumentNumbering()

  private static let types: Set<String> = [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
  ]

  init(_ zip: consuming ZipReader, main: String, _ limits: DocumentLimits) {
    self.zip = zip
    (self.main, self.limits) = (main, limits)
  }

  /// - Throws: that it is no document of Word.
  static func mainPart(of zip: inout ZipReader) throws(Diagnostic) -> String {
    let found = try MainPart.find(in: &zip, usual: "word/document.xml")
    guard types.contains(found.type) else {
      throw Diagnostic(.office(.document(.otherKind(found.kindName), file: zip.file)), at: nil)
    }
    return found.name
  }

  mutating func read() throws(Diagnostic) -> WrittenDocument {
    if zip.has(Relationships.part(of: main)) {
      try zip.read(Relationships.part(of: main), links)
    }
    for part in try parts("styles").prefix(1) { try zip.read(part, styles) }
    for part in try parts("numbering").prefix(1) { try zip.read(part, numbering) }
    let body = DocumentHandler(styles, numbering, limits, isMargin: false)
    try zip.read(main, body)
    var document = WrittenDocument()
    document.blocks = body.blocks
    document.asides = try margins() + body.asides + notes(of: body)
    return document
  }

  /// The parts to which relationships of a type lead. What lies outside of the file is refused.
  private func parts(_ type: String) throws(Diagnostic) -> [String] {
    var (parts, known): ([String], Set<String>) = ([], [])
    for link in links.all where link.type == type {
      guard !link.isExternal, let part = Relationships.part(link.target, from: main) else {
        throw zip.flaw(.outside, of: link.target)
      }
      if known.insert(part).inserted { parts.append(part) }
    }
    return parts
  }

  /// The texts of headers and footers, each once, without numbers of pages.
  private mutating func margins() throws(Diagnostic) -> [WrittenAside] {
    var asides: [WrittenAside] = []
    for (type, kind) in [("header", ImportProblem.Aside.header), ("footer", .footer)] {
      var told: Set<String> = []
      for part in try parts(type) {
        let handler = DocumentHandler(styles, numbering, limits, isMargin: true)
        try zip.read(part, handler)
        for text in handler.blocks.flatMap(\.texts)
        where !text.isPageNumber && told.insert(text).inserted {
          asides.append(WrittenAside(kind, text, at: nil))
        }
      }
    }
    return asides
  }

  /// The notes and comments that the body refers to, and those that it does not.
  private mutating func notes(of body: DocumentHandler) throws(Diagnostic) -> [WrittenAside] {
    var asides: [WrittenAside] = []
    let kinds: [(String, ImportProblem.Aside)] = [
      ("footnotes", .footnote), ("endnotes", .endnote), ("comments", .comment),
    ]
    for (type, kind) in kinds {
      for part in try parts(type) {
        let handler = DocumentHandler(styles, numbering, limits, isMargin: false)
        try zip.read(part, handler)
        let references = Dictionary(
          body.references.filter { $0.aside == kind }.map { ($0.id, $0.paragraph) }
        ) { first, _ in first }
        for (id, text) in handler.notes.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
          asides.append(WrittenAside(kind, text, at: references[id]))
        }
      }
    }
    return asides.sorted { ($0.paragraph ?? 0, $0.text) < ($1.paragraph ?? 0, $1.text) }
  }
}

extension String {
  /// Tells whether it is nothing but a number with what is put around it.
  fileprivate var isPageNumber: Bool {
    allSatisfy { $0.isNumber || $0.isWhitespace || "-–—./[]()".contains($0) }
  }
}
