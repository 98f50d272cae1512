import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks lines in capitals, and the capitals of people's names.
struct LetterCaseChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      let isName = declaration.relation == .personName
      let right = isName ? Array(capitalizedName(value.string).utf8) : uppercased(value.bytes)
      guard !value.bytes.elementsEqual(right) else { return }
      let (written, meant) = (value.string, right.string)
      let problem: DocumentFormProblem =
        isName
        ? .notAName(written, meant: meant) : .notInCapitals(written, meant: meant)
      problems.append(declaration.broken(.form(problem), at: value))
    }
    return problems
  }

  /// The name with each word in small letters but for its first one. Letters behind an apostrophe
  /// or a hyphen stay as they are: `H’Hen Niê`, `K'Brếp`.
  private func capitalizedName(_ name: String) -> String {
    let words = name.split(separator: " ").map { word in
      let bytes = Array(word.utf8)
      let isPlain = word.allSatisfy(\.isLetter)
      let small = isPlain ? lowercased(bytes[...]) : bytes
      var capitalized = ByteBuffer()
      appendCapitalized(small[...], to: &capitalized)
      return capitalized.string
    }
    return words.joined(separator: " ")
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
      guard let first = words.first else { return }
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
    if words.count > 1, words[1].string.first?.isUppercase ?? false { return true }
    return spelling.names.contains { name in
      let text = words.prefix(name.count).map(\.string)
      return text.count == name.count
        && zip(text, name).allSatisfy { $0.trimmingMarks == $1.trimmingMarks }
    }
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
        checkTwice(values, &problems)
        let name = data.named(operand.field, ofType: declaration.type)
        for value in values {
          checkSingle(value, name, data.registers.places.kinds, &problems)
        }
      }
    }
    return problems
  }

  private func checkTwice(_ values: [Text], _ problems: inout [Diagnostic]) {
    for (index, value) in values.enumerated() where !value.isEmpty {
      let entry = ListChecks.entry(value)
      // What differs in case and tones alone is as long.
      let first = values[..<index].first { other in
        let other = ListChecks.entry(other)
        return other.count == entry.count && folded(other) == folded(entry)
      }
      guard let first else { continue }
      problems.append(
        declaration.broken(.form(.repeatedEntry(value.string)), at: value, comparedWith: [first]))
    }
  }

  private static func entry(_ value: Text) -> ArraySlice<UInt8> {
    value.bytes.drop { $0 == UInt8(ascii: "-") || $0 == 0x20 }
  }

  private func checkSingle(
    _ value: Text, _ name: NamedField, _ kinds: [Phrase], _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    let inner = bytes.dropLast().dropFirst()
    if let index = inner.firstIndex(where: { $0 == UInt8(ascii: ";") || $0 == 0x0A }) {
      let sign = bytes[index] == 0x0A ? "⏎" : ";"
      let place = value.part(index..<index + 1)
      problems.append(
        declaration.broken(.form(.severalInOne(name, sign: sign)), at: place))
    } else if let index = secondBody(in: bytes) ?? secondBody(in: value, kinds) {
      let place = value.part(index..<bytes.endIndex)
      problems.append(declaration.broken(.form(.perhapsSeveralInOne(name)), at: place))
    }
  }

  /// The start of a second name behind a comma, where the first has its place already: `UBND quận, Phòng
  /// Nội vụ`. «HĐND, UBND quận» is often written as one.
  private func secondBody(in value: Text, _ kinds: [Phrase]) -> Int? {
    let bytes = value.bytes
    guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")), comma + 2 < bytes.endIndex,
      bytes[comma + 1] == 0x20
    else { return nil }
    let first = value.part(bytes.startIndex..<comma)
    guard bytes[(comma + 2)...].beginsWithCapital else { return nil }
    let hasPlace = first.withBytes { span in
      kinds.contains { $0.mayBe(in: span) && $0.place(in: first) != nil }
    }
    return hasPlace ? comma + 2 : nil
  }

  /// The start of a second name behind a dash: `Thường trực Quận ủy - Các phòng`.
  private func secondBody(in bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while let dash = bytes[index...].firstIndex(of: UInt8(ascii: "-")) {
      index = dash + 1
      guard dash > bytes.startIndex, bytes[dash - 1] == 0x20, index < bytes.endIndex,
        bytes[index] == 0x20
      else { continue }
      let rest = bytes[(index + 1)...]
      // «Văn phòng - Thống kê» is one office.
      if rest.beginsWithCapital, rest.split(separator: 0x20).count > 2 { return index + 1 }
    }
    return nil
  }
}

/// Checks names of places: without the kind of place in front, but for those with a number.
struct PlaceChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      let places = data.registers.places
      guard !places.wholeNames.contains(value),
        let length = places.kinds.lazy.compactMap({ $0.length(atStartOf: value.bytes) }).max()
      else { return }
      let rest = value.bytes.dropFirst(length).drop { $0 == 0x20 }
      guard let first = rest.first, first &- UInt8(ascii: "0") >= 10 else { return }
      let (written, meant) = (value.string, Array(rest).string)
      let isSmall = written.first?.isLowercase ?? false
      let problem: DocumentFormProblem =
        isSmall
        ? .kindOfPlace(written, meant: meant) : .perhapsKindOfPlace(written, meant: meant)
      problems.append(declaration.broken(.form(problem), at: value))
    }
    return problems
  }
}

/// Checks the sign behind a document's number: `BC-UBND` of the state, `BC/QU` of the Party.
struct DocumentSignChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      guard declaration.isAbout(record), let sign = record.text(of: declaration.operands[0].column),
        sign.bytes.first.map({ $0 &- UInt8(ascii: "0") >= 10 }) ?? false,
        let profile = record.text(of: declaration.operands[1].column),
        let separator = data.registers.signatures.profile(profile)?.separator
      else { continue }
      let meant = meant(sign.string, separator)
      guard meant != sign.string, isSign(meant, separator) else { continue }
      let other = separator == "/" ? "-" : "/"
      let problem: DocumentFormProblem =
        isSign(sign.string, other)
        ? .signOfOtherProfile(sign.string, meant: meant)
        : .wrongSign(sign.string, meant: meant)
      problems.append(declaration.broken(.form(problem), at: sign))
    }
    return problems
  }

  /// The sign without blanks, long dashes and what stands before its first letter, with the kind
  /// parted as the profile has it.
  private func meant(_ sign: String, _ separator: String) -> String {
    let scalars = sign.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .dashPunctuation ? "-" : scalar
    }
    let joined = String(String.UnicodeScalarView(scalars.filter { !$0.properties.isWhitespace }))
    var codes = joined.drop { !$0.isLetter }
    guard let index = codes.firstIndex(where: { $0 == "-" || $0 == "/" }) else {
      return String(codes)
    }
    codes.replaceSubrange(index...index, with: separator == "/" ? "-" : "/")
    return String(codes)
  }

  private func isSign(_ sign: String, _ separator: String) -> Bool {
    let number = try? DocumentNumber(Text("1\(separator)\(sign)"))
    return number?.issuer != nil && number?.kind != nil
  }
}

extension ArraySlice<UInt8> {
  private var firstScalar: Unicode.Scalar? {
    String(decoding: prefix(4), as: UTF8.self).unicodeScalars.first
  }

  /// Tells whether it begins with a capital letter.
  fileprivate var beginsWithCapital: Bool {
    guard let first else { return false }
    return first < 0x80 ? first &- 0x41 < 26 : firstScalar?.properties.isUppercase ?? false
  }

  /// Tells whether it begins with a small letter.
  fileprivate var beginsWithSmall: Bool {
    guard let first else { return false }
    return first < 0x80 ? first &- 0x61 < 26 : firstScalar?.properties.isLowercase ?? false
  }
}
