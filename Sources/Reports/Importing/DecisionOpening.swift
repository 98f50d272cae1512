import Diagnostics
import Texts
import Vietnamese

/// What stands above the articles of a decision: who decides, the grounds, who proposed it.
struct DecisionOpening {
  private(set) var authority: String?
  private(set) var grounds: [WrittenGround] = []
  private(set) var proposer: String?
  private(set) var unplaced: [WrittenLine] = []
  private(set) var end: Int
  private(set) var problems: [ImportProblem] = []
  /// In small letters, to be compared.
  private var foldedAuthority = ""
  private let reading: GroundReading

  /// - Parameter start: the block behind the subject.
  init(
    _ blocks: [WrittenBlock], from start: Int, _ registers: CheckRegisters,
    _ words: WordingRegister
  ) {
    (end, reading) = (start, GroundReading(registers, words))
    let decision = "quyết định"
    // The line «QUYẾT ĐỊNH:» ends it.
    let last = blocks.indices.dropFirst(start).prefix(60).first { index in
      blocks[index].lines.contains { line in
        line.isCapital && line.folded.trimming(": ").hasSuffix(decision)
      }
    }
    guard let last else { return }
    for line in blocks[start...last].flatMap(\.lines) where !line.text.isRule { read(line) }
    end = last + 1
  }

  private mutating func read(_ line: WrittenLine) {
    let text = line.text.drop { "-– ".contains($0) }.string
    let folded = text.foldedText
    if folded.beginsWithWords("căn cứ") {
      readGrounds(line, text)
    } else if let start = ["theo đề nghị của", "xét đề nghị của"].first(
      where: folded.beginsWithWords),
      proposer == nil
    {
      proposer = String(text.dropFirst(start.count)).cleaned.withoutEnd
      if start.hasPrefix("xét") { problems.append(.citation(line.text, at: line.place)) }
    } else if line.isCapital {
      let name = line.text.trimming(": ")
      let decision = "QUYẾT ĐỊNH"
      let body =
        name.foldedText == "quyết định"
        ? ""
        : name.foldedText.hasSuffix(" quyết định")
          ? String(name.dropLast(decision.count)).cleaned
          : name
      guard !body.isEmpty else { return }
      addAuthority(body)
    } else {
      unplaced.append(line)
    }
  }

  /// Adds a line of the name of who decides, which may stand a second time in one line.
  private mutating func addAuthority(_ line: String) {
    let folded = line.foldedText
    if authority == nil {
      (authority, foldedAuthority) = (line, folded)
    } else if folded != foldedAuthority {
      authority?.append(" \(line)")
      foldedAuthority.append(" \(folded)")
    }
  }

  private mutating func readGrounds(_ line: WrittenLine, _ text: String) {
    var found = reading.grounds(in: text)
    if found.isEmpty { unplaced.append(line) }
    let isAsWritten = found.allSatisfy { $0.isPrintedAsWritten && !$0.isJoined }
    if found.contains(where: \.isJoined) { found[0].sentence = text }
    for index in found.indices { found[index].code = "CC\(grounds.count + index + 1)" }
    grounds += found
    if !isAsWritten { problems.append(.citation(line.text, at: line.place)) }
  }
}

/// Parts a line `Căn cứ …` into the documents that it names.
private struct GroundReading {
  private let registers: CheckRegisters
  private let words: WordingRegister

  init(_ registers: CheckRegisters, _ words: WordingRegister) {
    (self.registers, self.words) = (registers, words)
  }

  /// The bytes of a line that may name more than one document.
  private static let longestSentence = 4_000

  /// - Parameter text: `Căn cứ Luật … số … ngày …; Luật … và Luật …;`
  /// - Returns: none where one of them cannot be read.
  func grounds(in text: String) -> [WrittenGround] {
    var rest = String(text.dropFirst(6)).cleaned.withoutEnd
    var grounds: [WrittenGround] = []
    var isJoined = false
    while rest.utf8.count <= Self.longestSentence, let kind = kind(atStartOf: rest) {
      let (end, next, sign) = cut(rest, kind)
      guard var ground = WrittenGround(String(rest[..<end]), kind, words) else { return [] }
      ground.isJoined = isJoined
      grounds.append(ground)
      guard next < rest.endIndex else { return grounds }
      isJoined = sign != ";"
      rest = String(rest[next...])
      if rest.foldedText.beginsWithWords("căn cứ") { rest = rest.dropFirst(6).cleaned }
    }
    return []
  }

  /// The kind of a document with which a text begins, the longest that the register has.
  private func kind(atStartOf text: String) -> String? {
    guard text.first?.isUppercase ?? false else { return nil }
    let start = text.split(separator: " ", maxSplits: 4).prefix(4)
    let names = start.indices.map { start[...$0].joined(separator: " ").trimming(",;") }
    return names.last { registers.laws.isKind(Text($0)) }
  }

  /// Where the first document of a text ends, where the next begins, and what stands between them.
  private func cut(
    _ text: String, _ kind: String
  ) -> (end: String.Index, next: String.Index, sign: String) {
    let signs = [("; ", ";"), (" và ", "và"), (", ", ",")]
    let places = signs.flatMap { words, sign in
      text.ranges(of: words).map { (range: $0, sign: sign) }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for (range, sign) in places {
      var rest = text[range.upperBound...].string
      if rest.foldedText.beginsWithWords("căn cứ") { rest = rest.dropFirst(6).cleaned }
      guard self.kind(atStartOf: rest) != nil,
        let ground = WrittenGround(String(text[..<range.lowerBound]), kind, words)
      else { continue }
      // What a document is about may name others.
      if sign == ";" || ground.isComplete {
        return (range.lowerBound, range.upperBound, sign)
      }
    }
    return (text.endIndex, text.endIndex, "")
  }
}

/// A ground of a decision as the parts of a `can_cu` record.
struct WrittenGround {
  var code = ""
  let kind: String
  private(set) var sign: String?
  private(set) var day: String?
  private(set) var issuer: String?
  private(set) var subject: String?
  /// Whether it goes on with the sentence of the ground before it by a comma or `và`.
  var isJoined = false
  /// The sentence of the document, where the program parts it in two.
  var sentence: String?
  /// Whether nothing says what it is about, apart from the name of a law.
  private(set) var isComplete = false
  private let written: String

  /// - Parameters:
  ///   - body: `Luật … số … ngày …`
  ///   - kind: with which it begins.
  init?(_ body: String, _ kind: String, _ words: WordingRegister) {
    (self.kind, written) = (kind, body)
    // A second document in the same line would be lost in the first.
    guard !body.contains("; ") else { return nil }
    var rest = String(body.dropFirst(kind.count)).cleaned
    // «một số điều» is no number.
    if let found = rest.ranges(of: "số ").first(where: { found in
      rest[found.upperBound...].first?.isNumber ?? false
    }) {
      let sign = rest[found.upperBound...].prefix { $0 != " " }.string.trimming(",;")
      guard (try? DocumentNumber(Text(sign))) != nil else { return nil }
      self.sign = sign
      let before = rest[..<found.lowerBound].string.cleaned
      let after = rest[found.upperBound...].dropFirst(sign.count).drop { ", ".contains($0) }.string
      rest = before.isEmpty ? after : "\(before) \(after)"
      isComplete = after.isEmpty
    }
    if let found = rest.ranges(of: "ngày ").first,
      let (day, length) = Self.day(at: rest[found.upperBound...])
    {
      self.day = day
      let before = rest[..<found.lowerBound].string.trimming(", ")
      let after = rest[found.upperBound...].dropFirst(length).string.cleaned
      rest = before.isEmpty ? after : after.isEmpty ? before : "\(before) \(after)"
      isComplete = after.isEmpty
    }
    if rest.hasPrefix("của ") {
      let named = rest.dropFirst(4).string
      let start = words.subjectStarts.compactMap { Self.start(of: $0, in: named) }.min()
      issuer = start.map { named[..<$0].string.cleaned } ?? named
      rest = start.map { named[$0...].string.cleaned } ?? ""
      isComplete = rest.isEmpty
    }
    if !rest.isEmpty { subject = rest }
    // A law may be named by its title alone, and others by their issuer and what they are about.
    let isNamed = LawRegister.Law.namedKinds.contains(kind) || issuer != nil
    guard sign != nil || day != nil || isNamed && subject != nil else { return nil }
  }

  /// Where words first stand behind others.
  private static func start(of words: String, in text: String) -> String.Index? {
    text.ranges(of: " \(words)").map(\.lowerBound).first { index in
      text[index...].dropFirst().string.beginsWithWords(words)
    }
  }

  /// `16/6/2025` or `16 tháng 6 năm 2025`, and how long it is.
  private static func day(at text: Substring) -> (String, Int)? {
    let slashed = text.prefix { $0.isNumber || $0 == "/" }
    if slashed.split(separator: "/").count == 3 {
      return (slashed.string.trimming("/"), slashed.count)
    }
    let words = text.split(separator: " ", maxSplits: 5).prefix(5).map { $0.string.trimming(",;.") }
    guard words.count == 5, words[1] == "tháng", words[3] == "năm", Int(words[0]) != nil,
      Int(words[2]) != nil, words[4].count == 4, Int(words[4]) != nil
    else { return nil }
    let length = text.split(separator: " ").prefix(5).map(\.count).reduce(4, +)
    return ("\(words[0])/\(words[2])/\(words[4])", length)
  }

  /// Tells whether the state's templates print it in the same words, but for how the day is written.
  var isPrintedAsWritten: Bool {
    let isLaw = kind == "Luật" || kind == "Pháp lệnh"
    var words = kind
    if kind == "Luật", let subject { words += " \(subject)" }
    if let sign, !(isLaw && subject != nil) { words += " số \(sign)" }
    if let day { words += " ngày \(day)" }
    if let issuer, !(isLaw && subject != nil) { words += " của \(issuer)" }
    if kind != "Luật", let subject { words += " \(subject)" }
    let typed = written.replacing(" tháng ", with: "/").replacing(" năm ", with: "/")
    let plain = { (text: String) in text.filter { !",.".contains($0) } }
    return plain(words) == plain(typed)
  }
}
