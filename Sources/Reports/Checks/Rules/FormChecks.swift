import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks lines in capitals.
struct LetterCaseChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      let right = uppercased(value.bytes)
      guard !value.bytes.elementsEqual(right) else { return }
      let problem = DocumentFormProblem.notInCapitals(value.string, meant: right.string)
      problems.append(declaration.broken(.form(problem), at: value))
    }
    return problems
  }
}

/// Checks the first letter of texts that stand within a sentence, or begin a line.
struct InitialChecks {
  enum LetterCase: String, CaseIterable {
    case small = "thuong"
    case capital = "hoa"
  }

  private let declaration: ResolvedDeclaration
  private let wanted: LetterCase

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
    let isCapital = declaration.phrases.first?.text.isSpelled(LetterCase.capital.rawValue)
    wanted = isCapital ?? false ? .capital : .small
  }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, field in
      let isRight =
        wanted == .capital ? !value.bytes.beginsWithSmall : !value.bytes.beginsWithCapital
      if isRight { return }
      let words = value.words
      guard let first = words.first, !first.isListMark,
        !declaration.phrases.dropFirst().contains(where: { $0.text == first })
      else { return }
      if wanted == .small, isName(words, data.registers.spelling) { return }
      var meant = ByteBuffer()
      if wanted == .small {
        appendUncapitalized(first.bytes.span, to: &meant)
      } else {
        appendCapitalized(first.bytes, to: &meant)
      }
      let name = data.named(field, ofType: declaration.type)
      let problem: DocumentFormProblem =
        wanted == .small
        ? .capitalInSentence(name, first.string, meant: meant.string)
        : .smallAtStart(name, first.string, meant: meant.string)
      problems.append(declaration.broken(.form(problem), at: first))
    }
    return problems
  }

  /// Tells whether a text begins with a name or an abbreviation: of two words with capitals, of one
  /// in capitals, or of one that the register of spelling has.
  private func isName(_ words: [Text], _ spelling: SpellingRegister) -> Bool {
    let first = words[0].string
    if first.dropFirst().contains(where: \.isUppercase) { return true }
    if words.count > 1, words[1].string.first?.isUppercase ?? false, !words[1].beginsWithNumeral {
      return true
    }
    // «Tháng 5», of which the register has the first word.
    let isCounted = words.count > 1 && words[1].string.first?.isNumber ?? false
    return spelling.names.contains { name in
      if name.count == 1, isCounted { return false }
      let text = words.prefix(name.count).map(\.string)
      return text.count == name.count
        && zip(text, name).allSatisfy { $0.trimmingMarks == $1.trimmingMarks }
    }
  }
}

extension Text {
  /// Tells whether it is `a)` or `b.`, which is told of as such.
  fileprivate var isListMark: Bool {
    count == 2 && (bytes.last == UInt8(ascii: ")") || bytes.last == UInt8(ascii: "."))
  }

  /// Tells whether a Roman numeral is at its start: `III`, `IV/2026`.
  fileprivate var beginsWithNumeral: Bool {
    let letters = string.prefix { $0.isLetter }
    return !letters.isEmpty && letters.allSatisfy { "IVX".contains($0) }
  }
}

extension String {
  /// The word without the marks behind it.
  fileprivate var trimmingMarks: Substring { self[...].trimmingSuffix(",;:.") }
}

extension Substring {
  fileprivate func trimmingSuffix(_ marks: String) -> Substring {
    var rest = self
    while let last = rest.last, marks.contains(last) { rest.removeLast() }
    return rest
  }
}

/// Checks fields of which each line is one entry: not several in one, and none twice.
struct ListChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      for operand in declaration.operands {
        let values = record.texts(of: operand.column)
        if values.isEmpty || !declaration.isAbout(record) { continue }
        checkTwice(values, data.registers.abbreviations, &problems)
        let name = data.named(operand.field, ofType: declaration.type)
        for value in values {
          checkSingle(value, name, data.registers, &problems)
        }
      }
    }
    return problems
  }

  private func checkTwice(
    _ values: [Text], _ abbreviations: AbbreviationRegister, _ problems: inout [Diagnostic]
  ) {
    guard values.count > 1 else { return }
    var seen: [[UInt8]: Text] = [:]
    for value in values where !value.isEmpty {
      let entry = ListChecks.entry(value, abbreviations)
      guard let first = seen[entry] else {
        seen[entry] = value
        continue
      }
      problems.append(
        declaration.broken(
          .form(.repeatedEntry(value.string)), at: value, comparedWith: [first]))
    }
  }

  /// An entry without the signs around it, with abbreviations in full, whatever its capitals.
  private static func entry(_ value: Text, _ abbreviations: AbbreviationRegister) -> [UInt8] {
    // An abbreviation is of capitals.
    let mayBeShort = zip(value.bytes, value.bytes.dropFirst()).contains {
      $0.isCapital && $1.isCapital
    }
    var entry: [UInt8] = []
    for var word in folded(value.bytes).split(separator: 0x20) {
      while let last = word.last, ";,.".utf8.contains(last) { word.removeLast() }
      if word.elementsEqual("-".utf8) { continue }
      if !entry.isEmpty { entry.append(0x20) }
      if mayBeShort, word.count <= abbreviations.longest,
        let meaning = abbreviations.foldedMeanings[Array(word)]
      {
        entry += meaning
      } else {
        entry += word
      }
    }
    return entry
  }

  private func checkSingle(
    _ value: Text, _ name: NamedField, _ registers: CheckRegisters,
    _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    let inner = bytes.dropLast().dropFirst()
    if let index = inner.firstIndex(where: { $0 == UInt8(ascii: ";") || $0 == 0x0A }) {
      let sign = bytes[index] == 0x0A ? "⏎" : ";"
      let place = value.part(index..<index + 1)
      problems.append(
        declaration.broken(.form(.severalInOne(name, sign: sign)), at: place))
    } else if let index = secondBody(in: bytes) ?? secondBody(in: value, registers) {
      let place = value.part(index..<bytes.endIndex)
      problems.append(declaration.broken(.form(.perhapsSeveralInOne(name)), at: place))
    }
  }

  /// The start of a second name behind a comma, a stop or «và»: where the first has its place
  /// already, `UBND quận, Phòng Nội vụ`, or the second begins like the first, `Sở Nội vụ, Sở Tư
  /// pháp`. «HĐND, UBND quận» is often written as one.
  private func secondBody(in value: Text, _ registers: CheckRegisters) -> Int? {
    let words = value.words
    for (index, word) in words.enumerated().dropFirst() {
      let (before, rest) = (words[index - 1].bytes, value.bytes[word.range.bounds.lowerBound...])
      let isAnd = before.elementsEqual("và".utf8)
      // `TP. Hồ Chí Minh`: what is short is an abbreviation.
      let isStop = before.last == UInt8(ascii: ".") && before.count > 4
      guard before.last == UInt8(ascii: ",") || isAnd || isStop, rest.beginsWithCapital,
        index > (isAnd ? 2 : 1)
      else { continue }
      let end = isAnd ? words[index - 1].range.bounds.lowerBound : rest.startIndex
      let isFirstPlaced = hasPlace(value.part(value.bytes.startIndex..<end), registers.places.kinds)
      let isBody = !isAnd || registers.signatures.body(atStartOf: folded(rest)) != nil
      if isStop || isFirstPlaced, isBody { return rest.startIndex }
      // «Ủy ban nhân dân, Ủy ban MTTQ phường» have their place in common.
      let second = value.part(rest.startIndex..<rest.endIndex)
      if !isAnd, word == words[0], !hasPlace(second, registers.places.kinds) {
        return rest.startIndex
      }
    }
    return nil
  }

  private func hasPlace(_ text: Text, _ kinds: [Phrase]) -> Bool {
    text.withBytes { span in kinds.contains { $0.mayBe(in: span) && $0.place(in: text) != nil } }
  }

  /// The first words of the names of bodies.
  private static let beginnings: Set<String> = [
    "Các", "Thường", "Thành", "Tỉnh", "Quận", "Huyện", "Đảng", "Chi", "Ủy", "Uỷ", "UBND", "HĐND",
    "Hội", "Ban", "Bộ", "Sở", "Phòng", "Trung", "Mặt", "MTTQ", "Đoàn", "Liên", "Lãnh", "Chủ", "Bí",
    "Trường", "Tổ", "Viện", "Tòa", "Toà", "Văn",
  ]

  /// The start of a second name behind a dash: `Thường trực Quận ủy - Các phòng`.
  private func secondBody(in bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while let dash = bytes[index...].firstIndex(of: UInt8(ascii: "-")) {
      index = dash + 1
      guard dash > bytes.startIndex, bytes[dash - 1] == 0x20, index < bytes.endIndex,
        bytes[index] == 0x20
      else { continue }
      let rest = bytes[(index + 1)...]
      // «Văn phòng - Thống kê», «Sở Lao động - Thương binh và Xã hội» are one office.
      let words = rest.split(separator: 0x20)
      if rest.beginsWithCapital, words.count > 2, Self.beginnings.contains(Array(words[0]).string) {
        return index + 1
      }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  private var firstScalar: Unicode.Scalar? {
    String(decoding: prefix(4), as: UTF8.self).unicodeScalars.first
  }

  /// Tells whether it begins with a capital letter.
  var beginsWithCapital: Bool {
    guard let first else { return false }
    return first < 0x80 ? first &- 0x41 < 26 : firstScalar?.properties.isUppercase ?? false
  }

  /// Tells whether it begins with a small letter.
  var beginsWithSmall: Bool {
    guard let first else { return false }
    return first < 0x80 ? first &- 0x61 < 26 : firstScalar?.properties.isLowercase ?? false
  }
}

extension UInt8 {
  /// A capital letter without marks.
  fileprivate var isCapital: Bool { self &- 0x41 < 26 }
}
