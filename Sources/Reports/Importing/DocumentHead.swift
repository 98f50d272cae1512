import Diagnostics
import Texts

/// What stands above the subject: who issues the document, its number, place and day, and marks.
struct DocumentHead {
  private(set) var superior: String?
  private(set) var issuer: String?
  private(set) var jointIssuers: [String] = []
  /// `45`, with its zeros; nil where it is left open.
  private(set) var number: String?
  /// `BC-UBND`
  private(set) var sign: String?
  private(set) var place: String?
  /// `28/6/2026`, `…/6/2026`
  private(set) var day: String?
  /// The subject of a letter, which stands below its number.
  private(set) var subject: String?
  private(set) var urgency: String?
  private(set) var circulation: String?
  private(set) var draft: String?
  /// Whose motto it has; nil where it has none.
  private(set) var motto: Motto?
  private(set) var unplaced: [WrittenLine] = []
  /// The fields that were guessed, with what speaks for the guess.
  private(set) var guesses: [String: String] = [:]

  /// The line that the words of a subject stand below.
  private var isInSubject = false
  private var bodyLines: [WrittenLine] = []

  /// The letters of a line that may name a body.
  private static let longestName = 200

  enum Motto { case state, party }

  var isOfParty: Bool { motto == .party }

  /// All that issue it.
  var issuers: [String] { [issuer].compactMap(\.self) + jointIssuers }

  /// - Parameter blocks: those above the name of the kind.
  init(
    _ blocks: ArraySlice<WrittenBlock>, _ registers: CheckRegisters, _ words: WordingRegister
  ) {
    for block in blocks {
      switch block {
      case .table(let table): read(table, registers)
      case .paragraph(let paragraph):
        for half in paragraph.halves {
          if let line = half.left { read(line, registers, isLeft: true) }
          if let line = half.right { read(line, registers, isLeft: false) }
        }
      }
    }
    nameIssuers(registers, words)
  }

  /// Reads a table column by column: lines of the left half go on below each other.
  private mutating func read(_ table: WrittenTable, _ registers: CheckRegisters) {
    let width = table.rows.map(\.cells.count).max() ?? 0
    for column in 0..<width {
      for row in table.rows where column < row.cells.count {
        for line in row.cells[column].lines {
          read(line, registers, isLeft: column == 0)
        }
      }
      isInSubject = false
    }
  }

  private mutating func read(
    _ line: WrittenLine, _ registers: CheckRegisters, isLeft: Bool
  ) {
    if line.text.isRule { return }
    if readMotto(line) || readNumber(line) || readDay(line) || readMark(line, registers) { return }
    if readSubject(line) { return }
    if isInSubject, isLeft {
      subject?.append(" \(line.text)")
    } else if number == nil, sign == nil, bodyLines.count < 8, line.text.count <= Self.longestName,
      isLeft || isKnown(line, registers)
    {
      bodyLines.append(line)
    } else {
      unplaced.append(line)
    }
  }

  // MARK: Lines

  private mutating func readMotto(_ line: WrittenLine) -> Bool {
    guard let found = line.motto else { return false }
    if found == .party || motto == nil { motto = found }
    return true
  }

  private mutating func readNumber(_ line: WrittenLine) -> Bool {
    guard number == nil, sign == nil, let found = line.documentNumber else { return false }
    (number, sign) = found
    isInSubject = false
    return true
  }

  /// `Ví Dụ, ngày 28 tháng 6 năm 2026`, with blanks to fill in.
  private mutating func readDay(_ line: WrittenLine) -> Bool {
    guard day == nil, let found = WrittenDay(line.text) else { return false }
    day = found.written
    place = found.place
    return true
  }

  private mutating func readSubject(_ line: WrittenLine) -> Bool {
    for start in ["v/v", "về việc", "vv:"] where line.begins(with: start) {
      subject = String(line.text.dropFirst(start.count)).drop { ": ".contains($0) }.string
      isInSubject = true
      return true
    }
    return false
  }

  private mutating func readMark(_ line: WrittenLine, _ registers: CheckRegisters) -> Bool {
    let words = line.folded.filter { !"()[]".contains($0) }.cleaned
    for urgency in ["khẩn", "thượng khẩn", "hỏa tốc"] where words == urgency.foldedText {
      self.urgency = urgency
      return true
    }
    let marks = registers.profiles.flatMap { registers.signatures.circulationMarks(in: $0.name) }
    if let mark = marks.first(where: { $0.foldedText == words }) {
      circulation = mark
      return true
    }
    guard words.beginsWithWords("dự thảo".foldedText) else { return false }
    let rest = words.dropFirst(7).cleaned
    let count = rest.hasPrefix("lần") ? String(rest.dropFirst(3)).cleaned : rest
    guard count.isEmpty || Int(count) != nil else { return false }
    draft = count.isEmpty ? "1" : count
    if count.isEmpty { guesses["du_thao"] = "văn bản không ghi lần dự thảo" }
    return true
  }

  // MARK: Issuers

  /// Parts the lines above the number into bodies. A new one begins where the register knows its first
  /// words, or where the lines become bold; the name of a place goes on with that of its body.
  private mutating func nameIssuers(_ registers: CheckRegisters, _ words: WordingRegister) {
    var bodies: [WrittenLine] = []
    for line in bodyLines {
      let isKnown = isKnown(line, registers)
      let isPlace = words.places.longest(atStartOf: line.folded) != nil
      let isBelowWhole = bodies.last.map { isWhole($0, registers, words) } ?? false
      // `BAN CHỈ ĐẠO …`, `PHÒNG …`
      let isBody =
        registers.signatures.body(atStartOf: Array(line.folded.utf8)) != nil
        || words.lowerBodies.longest(atStartOf: line.folded) != nil
      let beginsBody = isKnown || isBody && isBelowWhole
      if let last = bodies.last, !beginsBody, !last.text.hasSuffix("-"), !line.text.hasPrefix("-"),
        last.isBold == line.isBold || isPlace && !isBelowWhole
      {
        bodies[bodies.count - 1] = WrittenLine("\(last.text) \(line.text)", like: line)
      } else {
        bodies.append(line)
      }
    }
    guard let last = bodies.indices.last else { return }
    // Dashes stand between bodies that issue it together.
    var first = last
    while first > 0, bodies[first].text.hasPrefix("-") || bodies[first - 1].text.hasSuffix("-") {
      first -= 1
    }
    let joint = bodies[first...].map {
      $0.text.trimming("-–").drop { "-– ".contains($0) }.string
    }
    issuer = joint[0]
    jointIssuers = Array(joint.dropFirst())
    guard first > 0 else { return }
    superior = bodies[first - 1].text
    unplaced = Array(bodies[..<(first - 1)]) + unplaced
  }
}

extension DocumentHead {
  /// Tells whether the register knows the first words of a line as those of a body.
  private func isKnown(_ line: WrittenLine, _ registers: CheckRegisters) -> Bool {
    registers.issuers.kind(of: Text(line.text), under: nil)?.isSure ?? false
  }

  /// Tells whether the name of a body has its place: `ỦY BAN NHÂN DÂN` alone has none.
  private func isWhole(
    _ body: WrittenLine, _ registers: CheckRegisters, _ words: WordingRegister
  ) -> Bool {
    if words.places.contains(where: body.folded.containsWords) { return true }
    let found = registers.issuers.kind(of: Text(body.text), under: nil)
    return found.map { $0.isSure && $0.place.string.count < body.text.count } ?? false
  }
}

extension WrittenDocument {
  /// Tells whether it begins as a formal document does, with a motto or a number; a post has neither.
  public var isFormal: Bool {
    let lines = blocks.prefix(Self.longestHead).lazy.flatMap { block in
      if case .paragraph(let paragraph) = block {
        paragraph.halves.flatMap { [$0.left, $0.right].compactMap(\.self) }
      } else {
        block.lines
      }
    }
    return lines.contains { line in
      // «Số 5 - đường …» is an address; a sign has capitals.
      line.motto != nil
        || line.documentNumber.map { $0.sign.filter(\.isLowercase).count < 3 } ?? false
    }
  }

  private static let longestHead = 40
}

extension WrittenLine {
  /// Whose motto it is, or a line of it.
  fileprivate var motto: DocumentHead.Motto? {
    let words = folded.filter { $0.isLetter || $0 == " " }.cleaned
    if words == "đảng cộng sản việt nam" { return .party }
    let lines = ["cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc"].map(\.foldedText)
    return lines.contains(words) || words == lines.joined(separator: " ") ? .state : nil
  }

  /// `Số: 45/BC-UBND`, `Số 45-BC/ĐU`, `Số: …/BC-UBND`; no number where it is left open.
  fileprivate var documentNumber: (number: String?, sign: String)? {
    guard begins(with: "số") else { return nil }
    var rest = text.dropFirst(2).drop { ": ".contains($0) }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count).drop { " .…_".contains($0) }
    guard let separator = rest.first, "/-–".contains(separator) else { return nil }
    let written = rest.dropFirst().filter { $0 != " " }.map { $0 == "–" ? "-" : $0 }
    return written.isEmpty ? nil : (digits.isEmpty ? nil : String(digits), String(written))
  }
}

/// A place and a day as a head writes them.
struct WrittenDay {
  let place: String?
  let written: String

  init?(_ text: String) {
    let lower = text.lowercased()
    guard let month = lower.range(of: "tháng"), let year = lower.range(of: "năm"),
      let day = lower.range(of: "ngày"), day.upperBound <= month.lowerBound,
      month.upperBound <= year.lowerBound, lower.count == text.count
    else { return nil }
    // The number, or a blank to be filled in; nil for anything else.
    func number(_ part: Substring) -> String? {
      let digits = part.filter { $0.isASCII && $0.isNumber }
      let isClean = part.allSatisfy { $0.isASCII && $0.isNumber || " ._…".contains($0) }
      return isClean ? (digits.isEmpty ? "…" : digits) : nil
    }
    let end = lower[year.upperBound...].prefix { $0.isNumber || $0 == " " }
    guard let wholeYear = Int(end.filter { $0.isNumber }), 1900...2100 ~= wholeYear,
      let dayNumber = number(lower[day.upperBound..<month.lowerBound]),
      let monthNumber = number(lower[month.upperBound..<year.lowerBound]),
      lower[year.upperBound...].dropFirst(end.count).allSatisfy({ ". ".contains($0) })
    else { return nil }
    let length = lower.distance(from: lower.startIndex, to: day.lowerBound)
    let place = String(text.prefix(length)).trimming(", ")
    guard place.split(separator: " ").count < 8 else { return nil }
    self.place = place.isEmpty || place.isRule ? nil : place
    written = "\(dayNumber)/\(monthNumber)/\(wholeYear)"
  }
}

extension Substring {
  var string: String { String(self) }
  var cleaned: String { String(self).cleaned }
}

extension String {
  /// Where words first stand.
  fileprivate func range(of words: String) -> Range<Index>? {
    ranges(of: words).first
  }
}
