import Texts

extension Diagnostic {
  /// The message as a person reads it: sentence, place, line, carets under it, advice, notes.
  ///
  /// ```
  /// lỗi[R001]: dòng này không có dấu hai chấm sau tên trường
  ///   --> data/a.rec:3:1
  ///    |
  ///  3 | chu_tri Nguyễn Văn A
  ///    | ^^^^^^^^^^^^^^^^^^^^
  ///    = viết «tên_trường: giá trị»
  /// ```
  public func message(in language: Language) -> String {
    var lines = ["\(severity.label(in: language))[\(kind.code)]: \(sentence(in: language))"]
    let gutter = gutterWidth
    if let place { lines += excerpt(of: place.place, gutter: gutter, in: language) }
    let hint = hint(in: language)
    if !hint.isEmpty { lines.append("\(spaces(gutter)) = \(hint)") }
    for note in shownNotes {
      let end = note.place == nil ? "" : ":"
      lines.append("\(spaces(gutter)) + \(note.kind.message(in: language).printed)\(end)")
      if let place = note.place { lines += excerpt(of: place.place, gutter: gutter, in: language) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The notes; of many, the first ones and the number of the others.
  private var shownNotes: [Note] {
    guard notes.count > Self.mostNotes else { return notes }
    let rest = notes.count - Self.mostNotes
    return notes.prefix(Self.mostNotes) + [Note(.furtherPlaces(rest), at: nil)]
  }

  /// The number of notes that are printed.
  private static let mostNotes = 20

  /// A sentence on what is wrong.
  public func sentence(in language: Language) -> String {
    let wording = kind.wording
    return shortened(language == .vietnamese ? wording.vietnamese : wording.english)
  }

  /// The cell of a sheet that the problem is in, `B4`, in a workbook with its page, `Số liệu!B4`; nil
  /// where it is in no sheet.
  public var cellName: String? {
    guard let place = place?.place, let cells = place.source.cells,
      let cell = cells.name(at: Int(place.range.start))
    else { return nil }
    return (cells.page.map { "\($0)!\(cell)" } ?? cell).printed
  }

  /// Advice on what to type instead; empty where the sentence says it already.
  public func hint(in language: Language) -> String {
    let hint = kind.wording.hint
    return (language == .vietnamese ? hint.vietnamese : hint.english).printed
  }

  /// The width of the largest line number shown, at least two.
  private var gutterWidth: Int {
    let places = [place] + notes.map(\.place)
    let lines = places.compactMap { $0?.place }
      .map { $0.source.position(at: Int($0.range.start)).line }
    return max(2, String(lines.max() ?? 0).count)
  }

  private func excerpt(of place: Text, gutter: Int, in language: Language) -> [String] {
    let source = place.source
    let start = Int(place.range.start)
    let line = source.position(at: start).line
    let lineRange = source.lineRange(at: start)
    let number = String(line)
    let margin = spaces(gutter)
    let shown = Excerpt(source, line: lineRange, from: start, to: Int(place.range.end))
    return [
      "\(margin)--> \(source.placeName(at: start, in: language))",
      "\(margin) |",
      "\(spaces(gutter - number.count))\(number) | \(shown.text)",
      "\(margin) | \(spaces(shown.indent))\(String(repeating: "^", count: shown.width))",
    ]
  }
}

/// The printed part of a line, cut around the wrong part where the line is long, and the columns of
/// the carets under it.
private struct Excerpt {
  let text: String
  let indent: Int
  let width: Int

  private static let longest = 100
  private static let before = 40

  /// Looks only at what is printed: a line may be as long as the file.
  init(_ source: Source, line: Range<Int>, from start: Int, to end: Int) {
    let start = min(start, line.upperBound)
    let isShort = line.count <= 4 * Self.longest && source.scalarCount(line) <= Self.longest
    let from = isShort ? line.lowerBound : source.offset(start, back: Self.before, in: line)
    let to = source.offset(from, on: Self.longest, in: line)
    let wrong = start..<max(start, min(end, to))
    let head = from > line.lowerBound ? "…" : ""
    let tail = to < line.upperBound ? "…" : ""
    text = head + source.scalars(from..<to).map(\.printed).joined() + tail
    indent = source.scalars(from..<start).reduce(head.count) { $0 + $1.columns }
    width = max(1, source.scalars(wrong).reduce(0) { $0 + $1.columns })
  }
}

extension Source {
  /// `data/a.rec:3:1`, `so-lieu.csv:4:2 (B4)`, `so-lieu.xlsx, trang «Số liệu», ô B4`.
  fileprivate func placeName(at offset: Int, in language: Language) -> String {
    guard let cells, let cell = cells.name(at: offset) else {
      let (line, column) = position(at: offset)
      return "\(name.printed):\(line):\(column)"
    }
    guard let page = cells.page?.printed else {
      let (row, column) = position(at: offset)
      return "\(name.printed):\(row):\(column) (\(cell))"
    }
    return language == .vietnamese
      ? "\(name.printed), trang «\(page)», ô \(cell)"
      : "\(name.printed), sheet “\(page)”, cell \(cell)"
  }

  fileprivate func scalars(_ range: Range<Int>) -> String.UnicodeScalarView {
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars
  }

  /// The place some characters before another in a line, or where the line begins.
  fileprivate func offset(_ start: Int, back count: Int, in line: Range<Int>) -> Int {
    var (offset, left) = (start, count)
    while left > 0, offset > line.lowerBound {
      offset -= 1
      if bytes[offset] & 0xC0 != 0x80 { left -= 1 }
    }
    return offset
  }

  /// The place some characters after another in a line, or where the line ends.
  fileprivate func offset(_ start: Int, on count: Int, in line: Range<Int>) -> Int {
    var (offset, left) = (start, count)
    while offset < line.upperBound {
      if bytes[offset] & 0xC0 != 0x80 {
        if left == 0 { break }
        left -= 1
      }
      offset += 1
    }
    return offset
  }
}

extension Severity {
  func label(in language: Language) -> String {
    switch (self, language) {
    case (.error, .vietnamese): "lỗi"
    case (.error, .english): "error"
    case (.warning, .vietnamese): "lưu ý"
    case (.warning, .english): "warning"
    }
  }
}

/// Shortens a sentence that quotes a long value; what is not seen of it, or what a terminal would act
/// upon, is shown by its number.
private func shortened(_ sentence: String) -> String {
  let safe = sentence.printed.unicodeScalars
  guard safe.count > 400 else { return String(safe) }
  let (head, tail) = (safe.prefix(250), safe.suffix(100))
  return String(String.UnicodeScalarView(head)) + " … " + String(String.UnicodeScalarView(tail))
}

private func spaces(_ count: Int) -> String {
  String(repeating: " ", count: max(0, count))
}
