import Diagnostics
import Templating
import Texts
import Vietnamese

/// Figures in running texts that are written as in other languages, `1,400 lượt`, `98.5%`, or that
/// cannot be: `26/24 tổ dân phố`, `18/20 vụ việc, đạt 95%`, `lúc 25 giờ`.
///
/// What tells of a plan or of a growth is not looked at.
struct FigureSlips {
  private let units: UnitRegister
  private let text: Text
  /// The figure with all its signs: `1,400`, `18/20`, `98.5%`.
  let place: Text

  /// Reads the figure that begins at an offset; nil for one without signs and of which nothing can be
  /// told, as most are.
  init?(at start: Int, in text: Text, _ units: UnitRegister) {
    let bytes = text.source.bytes
    let bounds = text.range.bounds
    if start > bounds.lowerBound, !" (\n".utf8.contains(bytes[start - 1]) { return nil }
    var end = start
    while end < bounds.upperBound, bytes[end].isOfFigure { end += 1 }
    // The sign of a document, a unit without a blank.
    if end < bounds.upperBound, bytes[end] == UInt8(ascii: "-") || bytes[end].isOfWord {
      return nil
    }
    while ",./".utf8.contains(bytes[end - 1]) { end -= 1 }
    let isPlain = bytes[start..<end].allSatisfy { isDigit($0) }
    if isPlain, !bytes[end..<bounds.upperBound].starts(with: " giờ".utf8) { return nil }
    (self.text, self.units, place) = (text, units, text.part(start..<end))
  }

  /// The text behind it up to the end of the sentence.
  private var rest: Text {
    let end = place.range.bounds.upperBound
    return text.part(end..<text.sentenceEnd(behind: end))
  }

  /// The sentence around it.
  private var sentence: Text {
    let (start, end) = (place.range.bounds.lowerBound, place.range.bounds.upperBound)
    return text.part(text.sentenceStart(before: start)..<text.sentenceEnd(behind: end))
  }

  var problem: CheckProblem? {
    let parts = place.split(at: UInt8(ascii: "/"))
    if parts.count == 2 { return ratioProblem(parts[0], parts[1]) }
    if parts.count > 2 { return nil }
    if let problem = signProblem { return problem }
    if place.bytes.last == UInt8(ascii: "%") { return shareProblem }
    return hourProblem
  }

  // MARK: - The signs

  private var signProblem: CheckProblem? {
    let isPercent = place.bytes.last == UInt8(ascii: "%")
    let number =
      isPercent
      ? place.part(place.range.bounds.lowerBound..<place.range.bounds.upperBound - 1) : place
    let (commas, dots) = (number.split(at: UInt8(ascii: ",")), number.split(at: UInt8(ascii: ".")))
    if commas.count > 1, dots.count == 1 { return groupProblem(commas, isPercent) }
    guard dots.count == 2, commas.count == 1, (1...2).contains(dots[1].count),
      isPercent || isMeasured, !Self.numbered.contains(wordBefore)
    else { return nil }
    let meant = "\(dots[0].string),\(dots[1].string)"
    return .figure(.foreignFigure(place.string, meant: isPercent ? meant + "%" : meant))
  }

  /// `1,400`, `1,400,000`: commas where thousands have dots.
  private func groupProblem(_ groups: [Text], _ isPercent: Bool) -> CheckProblem? {
    guard !isPercent, groups.dropFirst().allSatisfy({ $0.count == 3 }), groups[0].count <= 3,
      let first = groups[0].bytes.first, first != UInt8(ascii: "0")
    else { return nil }
    let grouped = groups.map(\.string).joined(separator: ".")
    if groups.count > 2 { return .figure(.foreignFigure(place.string, meant: grouped)) }
    // «2,345 km» is a decimal; nobody counts people in thousandths.
    guard let unit = units.unit(unitBehind), unit.kind == .count else { return nil }
    return .figure(.foreignFigure(place.string, meant: grouped))
  }

  /// The words behind it.
  private var unitBehind: Text {
    let words = rest.words.prefix(4).prefix { word in
      word == rest.words.first || !",(".utf8.contains(word.bytes.first ?? 0)
    }
    guard let first = words.first, let last = words.last else { return Text("") }
    let joined = text.part(first.range.bounds.lowerBound..<last.range.bounds.upperBound)
    return Text(computed: Array(joined.bytes.filter { !",:)".utf8.contains($0) }))
  }

  /// Tells whether a measure follows, `tỷ đồng`, `km`, and no time, as in `7.30 giờ`.
  private var isMeasured: Bool {
    let unit = unitBehind
    if ["giờ", "phút"].contains(unit.words.first?.string ?? "") { return false }
    let scaled = ScaledUnit(Text(computed: lowercased(unit.bytes)))
    return scaled.zeros > 0 || units.unit(unit).map { $0.kind != .count } ?? false
  }

  private var wordBefore: String {
    let end = place.range.bounds.lowerBound
    let word = text.part(max(text.range.bounds.lowerBound, end - 40)..<end).words.last
    return word?.inSmallLetters ?? ""
  }

  /// Words behind which a figure is a name.
  private static let numbered: Set<String> = [
    "mục", "điểm", "khoản", "điều", "phần", "bảng", "biểu", "lục", "bản", "số", "tiết",
  ]

  // MARK: - Parts and wholes

  private func ratioProblem(_ part: Text, _ whole: Text) -> CheckProblem? {
    guard let part = number(part), let whole = number(whole), Decimal(0) < whole,
      !Self.dated.contains(wordBefore), let next = rest.words.first,
      next.bytes.first.map({ $0 >= 0x61 }) ?? false, !next.bytes.beginsWithCapital
    else { return nil }
    if part.isDay, whole.isMonth, !(units.unit(unitBehind)?.kind == .count) { return nil }
    if whole < part {
      if part.isDay && whole.isMonth || isOfPlan { return nil }
      return .figure(.partOverWhole(place.string))
    }
    guard let percent = percentBehind, let share = number(percent.number),
      let ratio = part.percentage(of: whole), let step = Decimal("1e-\(percent.digits)".utf8),
      let distance = ratio.adding(share.negated)?.magnitude, !(distance < step),
      !isOfPlan, let computed = ratio.rounded(to: percent.digits, .halfUp)
    else { return nil }
    return .figure(
      .otherPercent(place.string, written: percent.place.string, computed: computed.vietnamese))
  }

  /// Words behind which `2/9` is a day, and `26/24` the number of a house.
  private static let dated: Set<String> = [
    "ngày", "sáng", "chiều", "tối", "trưa", "đêm", "dịp", "lễ", "mùng", "mồng", "tháng", "quý",
    "số", "nhà", "kiệt", "ngõ", "ngách", "hẻm", "đường", "điều", "khoản", "đến", "từ", "nghị",
  ]

  private var isOfPlan: Bool { units.excess([sentence], name: nil) != .impossible }

  private func number(_ text: Text) -> Decimal? {
    (try? decimal(of: text)).flatMap { Decimal($0) }
  }

  /// The next figure, where it is a rate that the text gives as the one of this: `, đạt 95%`, `(90%)`.
  private var percentBehind: (number: Text, digits: Int, place: Text)? {
    let bytes = rest.bytes
    guard let start = bytes.firstIndex(where: { isDigit($0) }) else { return nil }
    var end = start
    while end < bytes.endIndex, bytes[end].isOfFigure, bytes[end] != UInt8(ascii: "%") { end += 1 }
    guard end < bytes.endIndex, bytes[end] == UInt8(ascii: "%") else { return nil }
    let between = rest.part(bytes.startIndex..<start)
    let opening = between.bytes.last { $0 != 0x20 }
    guard between.bytes.contains(where: { ",(".utf8.contains($0) }),
      opening == UInt8(ascii: "(")
        || Self.leadingToRate.contains(between.words.last?.string ?? "")
    else { return nil }
    let number = rest.part(start..<end)
    let fraction = number.split(at: UInt8(ascii: ","))
    return (number, fraction.count == 2 ? fraction[1].count : 0, rest.part(start..<end + 1))
  }

  private static let leadingToRate: Set<String> = ["đạt", "bằng", "chiếm", "lệ"]

  /// `Tỷ lệ hài lòng đạt 102%`.
  private var shareProblem: CheckProblem? {
    let end = place.range.bounds.upperBound - 1
    guard let share = number(text.part(place.range.bounds.lowerBound..<end)), Decimal(100) < share,
      !isOfPlan
    else { return nil }
    let before = sentence.part(sentence.range.bounds.lowerBound..<place.range.bounds.lowerBound)
    let words = before.words.suffix(10).map { lowercased($0.bytes) }
    let isRate = zip(words, words.dropFirst()).contains { word, next in
      next.elementsEqual("lệ".utf8)
        && (word.elementsEqual("tỷ".utf8) || word.elementsEqual("tỉ".utf8))
    }
    return isRate ? .figure(.shareOverWhole(place.string)) : nil
  }

  /// `lúc 25 giờ`.
  private var hourProblem: CheckProblem? {
    guard let next = rest.words.first, next.string.hasPrefix("giờ"),
      ["lúc", "hồi"].contains(wordBefore),
      let hour = number(place), Decimal(24) < hour
    else { return nil }
    return .form(.noSuchHour("\(place.string) giờ", isSure: false))
  }
}

extension Decimal {
  fileprivate var isDay: Bool { !(Decimal(31) < self) }
  fileprivate var isMonth: Bool { !(Decimal(12) < self) }
}

extension UInt8 {
  fileprivate var isOfFigure: Bool { isDigit(self) || ".,/%".utf8.contains(self) }
  fileprivate var isOfWord: Bool { (self | 0x20) &- 0x61 < 26 || self >= 0x80 }
}
