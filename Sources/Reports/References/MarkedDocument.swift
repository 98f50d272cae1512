import Texts
import Vietnamese

/// The Markdown of a document as its templates wrote it, with marks for what can be referred to: its
/// body, and the annexes behind the signature, each by itself.
struct MarkedDocument {
  private(set) var parts: [Part] = []
  /// By code, in small letters.
  private var targets: [[UInt8]: Target] = [:]
  /// What an annex calls the document whose main text it refers to; empty where no annex says it.
  private var name: [UInt8] = []
  /// The codes of the tables that have a name, in order.
  private var tables: [[UInt8]] = []
  /// The codes that texts refer to: only these are targets of links, and a table that is among them has
  /// a number though it is the only one.
  private var referred: Set<[UInt8]> = []
  /// The codes that texts refer to though nothing of the document has them, each once.
  private(set) var unknownCodes: [String] = []

  /// The body, or an annex.
  struct Part {
    let markdown: [UInt8]
    /// The code of an annex; empty for the body.
    let code: [UInt8]
    let form: AnnexForm
  }

  fileprivate struct Target {
    let label: [UInt8]
    /// The part that it stands in.
    let part: Int
    let kind: Kind
    enum Kind { case section, table, annex }
  }

  /// - Parameters:
  ///   - annexes: what stands behind the signature; nil where nothing does.
  ///   - head: the texts of its head and signature, as the author wrote them.
  init(body: [UInt8], annexes: [UInt8]?, head: [[UInt8]] = []) {
    parts = [Part(markdown: body, code: [], form: AnnexForm())]
    if let annexes { split(annexes) }
    for index in parts.indices { collect(index) }
    numberAnnexes()
    var missing: Set<[UInt8]> = []
    for text in parts.map(\.markdown) + head {
      for mark in Mark.all(in: text.span) {
        guard case .reference = mark.kind else { continue }
        let code = lowercased(mark.code[...])
        if targets[code] != nil {
          referred.insert(code)
        } else if missing.insert(code).inserted {
          unknownCodes.append(String(decoding: code, as: UTF8.self))
        }
      }
    }
  }

  /// The codes that a text may refer to.
  var knownCodes: [String] { targets.keys.map { String(decoding: $0, as: UTF8.self) }.sorted() }

  /// Cuts what stands behind the signature before each annex.
  private mutating func split(_ annexes: [UInt8]) {
    var starts: [(offset: Int, code: [UInt8], form: AnnexForm)] = []
    for mark in Mark.all(in: annexes.span) {
      guard case .annex(_, let form) = mark.kind else { continue }
      starts.append((mark.range.lowerBound, mark.code, form))
    }
    guard let first = starts.first else {
      parts.append(Part(markdown: annexes, code: [], form: AnnexForm()))
      return
    }
    if annexes[..<first.offset].contains(where: { $0 > 0x20 }) {
      let head = Array(annexes[..<first.offset])
      parts.append(Part(markdown: head, code: [], form: AnnexForm()))
    }
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].offset : annexes.count
      parts.append(
        Part(
          markdown: Array(annexes[start.offset..<end]), code: start.code,
          form: start.form))
    }
  }

  private mutating func collect(_ index: Int) {
    let text = parts[index].markdown
    for mark in Mark.all(in: text.span) {
      let code = lowercased(mark.code[...])
      switch mark.kind {
      case .section(let label):
        targets[code] = Target(label: Array(text[label]), part: index, kind: .section)
      case .table(let word):
        if targets[code] == nil { tables.append(code) }
        targets[code] = Target(label: Array(text[word]), part: index, kind: .table)
      case .annex(let label, _):
        targets[code] = Target(label: Array(text[label]), part: index, kind: .annex)
      case .document(let name): self.name = Array(text[name])
      case .reference, .plainLabel: break
      }
    }
  }

  /// Gives the annexes that have a number one: I, II or 1, 2, as the label shows it; the only one
  /// has none.
  private mutating func numberAnnexes() {
    let annexes = parts.indices.compactMap { index -> ([UInt8], Target)? in
      let code = lowercased(parts[index].code[...])
      return targets[code].flatMap { $0.kind == .annex && $0.part == index ? (code, $0) : nil }
    }
    let numbered = annexes.filter { $0.1.numeral != nil }
    for (number, (code, target)) in numbered.enumerated() {
      var label = target.label
      label.removeLast()
      while label.last == 0x20 { label.removeLast() }
      if numbered.count > 1 {
        let roman = target.numeral == UInt8(ascii: "I") ? romanNumeral(number + 1) : nil
        label += " \(roman ?? "\(number + 1)")".utf8
      }
      targets[code] = Target(label: label, part: target.part, kind: .annex)
    }
  }

  /// The part in Markdown, with labels in the place of references and without the other marks.
  ///
  /// - Parameter isLinked: whether links and their targets are marked for ``appendLinked(_:to:)``.
  func resolved(_ index: Int, isLinked: Bool) -> [UInt8] {
    let text = parts[index].markdown
    var output: [UInt8] = []
    output.reserveCapacity(text.count + 256)
    var start = 0
    for mark in Mark.all(in: text.span) {
      output += text[start..<mark.range.lowerBound]
      start = mark.range.upperBound
      write(mark, in: index, isLinked: isLinked, to: &output)
    }
    output += text[start...]
    return index == 0 ? output : output.withoutBlankLinesAround
  }

  /// A finished page with labels in the place of the references that its head and signature have.
  func resolvingHead(of page: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var start = 0
    for mark in Mark.all(in: page.span) {
      guard case .reference = mark.kind, targets[lowercased(mark.code[...])] != nil else {
        continue
      }
      output += page[start..<mark.range.lowerBound]
      start = mark.range.upperBound
      write(mark, in: 0, isLinked: false, to: &output)
    }
    return output + page[start...]
  }

  private func write(
    _ mark: Mark, in part: Int, isLinked: Bool, to output: inout [UInt8]
  ) {
    let code = lowercased(mark.code[...])
    guard let target = targets[code] else { return }
    let isTarget = isLinked && referred.contains(code)
    switch mark.kind {
    // The page has the target of an annex.
    case .annex, .document: break
    case .section: if isTarget { output += LinkMark.target(code) }
    case .table:
      if isTarget { output += LinkMark.target(code) }
      guard let number = number(ofTable: code) else { return }
      output += target.label + " \(number). ".utf8
    case .plainLabel: output += label(target, code, in: target.part)
    case .reference:
      let label = label(target, code, in: part).cased(like: mark.code, after: output)
      output += isLinked ? LinkMark.link(code, label) : label
    }
  }

  /// What is printed where a text in some part refers to a target.
  private func label(_ target: Target, _ code: [UInt8], in part: Int) -> [UInt8] {
    switch target.kind {
    case .annex: return target.label
    case .table: return target.label + " \(number(ofTable: code) ?? 1)".utf8
    case .section:
      guard target.part != part else { return target.label }
      let code = parts[target.part].code
      let place = code.isEmpty ? name : targets[lowercased(code[...])]?.label ?? []
      return place.isEmpty ? target.label : target.label + " ".utf8 + place
    }
  }

  /// nil where it is the only one, and no text refers to it.
  private func number(ofTable code: [UInt8]) -> Int? {
    guard tables.count > 1 || referred.contains(code) else { return nil }
    return tables.firstIndex(of: code).map { $0 + 1 }
  }
}

extension MarkedDocument.Target {
  /// The numeral at the end of a label: I or 1; nil for what has no number.
  fileprivate var numeral: UInt8? {
    guard label.count > 2, label[label.count - 2] == 0x20, let last = label.last else { return nil }
    return last == UInt8(ascii: "I") || last == UInt8(ascii: "1") ? last : nil
  }
}

extension [UInt8] {
  fileprivate var withoutBlankLinesAround: [UInt8] {
    let rest = drop { $0 == 0x0A || $0 == 0x20 }
    let end = rest.lastIndex { $0 != 0x0A && $0 != 0x20 }.map { $0 + 1 } ?? rest.startIndex
    return rest[..<end] + [0x0A]
  }

  /// In capitals where the code was written in capitals, as in a heading; with a capital where a
  /// sentence begins.
  fileprivate func cased(like code: [UInt8], after output: [UInt8]) -> [UInt8] {
    if code.contains(where: { (0x41...0x5A).contains($0) }) { return uppercased(self[...]) }
    guard output.endsSentence else { return self }
    var bytes = ByteBuffer()
    appendCapitalized(self[...], to: &bytes)
    return bytes.bytes
  }

  /// Tells whether a sentence may begin behind them: at the start of a line, of a cell or of a point,
  /// and behind a full stop.
  private var endsSentence: Bool {
    var rest = self[...]
    while let last = rest.last, last == 0x20 || last == UInt8(ascii: "*") { rest.removeLast() }
    guard let last = rest.last else { return true }
    if "\n.!?|".utf8.contains(last) { return true }
    let lineStart = rest.lastIndex(of: 0x0A).map { $0 + 1 } ?? rest.startIndex
    let line = rest[lineStart...].drop { $0 == UInt8(ascii: "\\") }
    if line.count == 1, "-+".utf8.contains(last) { return true }
    return last == UInt8(ascii: ")") && line.count < 6 && !line.contains(0x20)
  }
}
