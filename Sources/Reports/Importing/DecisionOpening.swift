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

  /// - Parameter start: the block behind the subject.
  init(_ blocks: [WrittenBlock], from start: Int) {
    end = start
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
      readGround(line, text)
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

  private mutating func readGround(_ line: WrittenLine, _ text: String) {
    guard let ground = WrittenGround(text, number: grounds.count + 1) else {
      unplaced.append(line)
      return
    }
    grounds.append(ground)
    if !ground.isPrintedAsWritten { problems.append(.citation(line.text, at: line.place)) }
  }
}

/// A ground of a decision as the parts of a `can_cu` record.
struct WrittenGround {
  let code: String
  let kind: String
  private(set) var sign: String?
  private(set) var day: String?
  private(set) var issuer: String?
  private(set) var subject: String?
  private let written: String

  private static let kinds = [
    "Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị",
    "Thông tư liên tịch", "Thông tư", "Kết luận", "Quy định", "Quy chế", "Hướng dẫn", "Kế hoạch",
    "Thông báo", "Chương trình", "Tờ trình", "Báo cáo", "Công văn",
  ]
  /// The words with which the subject begins behind the issuer.
  private static let subjectStarts = [
    " về ", " quy định ", " ban hành ", " hướng dẫn ", " sửa đổi", " phê duyệt ", " v/v ",
    " thành lập ",
  ]

  /// - Parameter text: `Căn cứ Luật … số … ngày …;`
  init?(_ text: String, number: Int) {
    let body = String(text.dropFirst(6)).cleaned.withoutEnd
    guard let kind = Self.kinds.first(where: { body.beginsWithWords($0) }) else { return nil }
    (self.kind, code, written) = (kind, "CC\(number)", body)
    // A second document in the same line would be lost in the first.
    guard !body.contains("; ") else { return nil }
    var rest = String(body.dropFirst(kind.count)).cleaned
    if let found = rest.ranges(of: "số ").first {
      let sign = rest[found.upperBound...].prefix { $0 != " " }.string.trimming(",;")
      guard (try? DocumentNumber(Text(sign))) != nil else { return nil }
      self.sign = sign
      let before = rest[..<found.lowerBound].string.cleaned
      let after = rest[found.upperBound...].dropFirst(sign.count).drop { ", ".contains($0) }.string
      rest = before.isEmpty ? after : "\(before) \(after)"
    }
    if let found = rest.ranges(of: "ngày ").first,
      let (day, length) = Self.day(at: rest[found.upperBound...])
    {
      self.day = day
      let before = rest[..<found.lowerBound].string.trimming(", ")
      let after = rest[found.upperBound...].dropFirst(length).string.cleaned
      rest = before.isEmpty ? after : after.isEmpty ? before : "\(before) \(after)"
    }
    guard sign != nil || day != nil else { return nil }
    if rest.hasPrefix("của ") {
      let named = rest.dropFirst(4).string
      let start = Self.subjectStarts.compactMap { named.ranges(of: $0).first?.lowerBound }.min()
      issuer = start.map { named[..<$0].string.cleaned } ?? named
      rest = start.map { named[$0...].string.cleaned } ?? ""
    }
    if !rest.isEmpty { subject = rest }
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
