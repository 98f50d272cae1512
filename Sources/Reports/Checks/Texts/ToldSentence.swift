import Texts
import Vietnamese

/// How a sentence tells of a day or a period.
enum ToldSense {
  /// As of what was done: `Ngày 25/6/2026, phường đã tổ chức …`.
  case past
  /// As of what is to come, or of a time until or from which something is to be done: `dự kiến
  /// khánh thành ngày 02/9/2026`, `đến ngày 30/9/2026`.
  case ahead
  /// Without a word that says it: `Dự án hoàn thành ngày 25/12/2026`.
  case open
}

/// The sentence around a time, taken apart into words.
struct ToldSentence {
  private let text: Text
  private let words: TextWords
  private let time: WrittenTime
  /// The words that say of what time the sentence tells, in order.
  private var marks: [(start: Int, sense: NarrationRegister.Sense)] = []

  /// - Parameter words: room for the words of the sentence.
  init(
    around time: WrittenTime, in text: Text, _ register: NarrationRegister,
    _ words: inout TextWords
  ) {
    let bounds = text.range.bounds
    let bytes = text.source.bytes
    let start =
      bytes[bounds.lowerBound..<time.start].indices.last { ToldSentence.ends(bytes, $0, bounds) }
    let end =
      bytes[time.range.upperBound..<bounds.upperBound].indices.first {
        ToldSentence.ends(bytes, $0, bounds)
      }
    self.time = time
    self.text = text.part((start.map { $0 + 1 } ?? bounds.lowerBound)..<(end ?? bounds.upperBound))
    words.split(self.text, marking: register.words.firstWords)
    self.words = words
    var next = 0
    for mark in words.marked where register.words.firstWords.mayHold(mark.key) {
      let index = Int(mark.index)
      guard index >= next, let (sense, count) = register.sense(words, at: index) else { continue }
      marks.append((words[index].start, sense))
      next = index + count
    }
  }

  /// Tells whether a sentence ends at an offset: `;`, or a full stop before a blank.
  private static func ends(_ bytes: [UInt8], _ index: Int, _ text: Range<Int>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"): true
    case UInt8(ascii: "."):
      index + 1 == text.upperBound || bytes[index + 1] == 0x20 || bytes[index + 1] == 0x0A
    default: false
    }
  }

  var sense: ToldSense {
    // What is compared with has been: «so với cùng kỳ năm 2025».
    if precedingWords(2) == ["cùng", "kỳ"] { return .past }
    let before = marks.filter { $0.start < time.start }
    let after = marks.filter { time.range.upperBound <= $0.start }.map(\.sense)
    return leads ? leadingSense(before.map(\.sense), after) : trailingSense(before, after)
  }

  /// Of `Ngày 25/6/2026, phường đã …`: what follows says it.
  private func leadingSense(
    _ before: [NarrationRegister.Sense], _ after: [NarrationRegister.Sense]
  ) -> ToldSense {
    if isBefore { return .ahead }
    switch after.first {
    case .past:
      // «đã thống nhất …», «đã đăng ký …» tell of a plan.
      let isOfPlan = after.dropFirst().first == .ahead || !isDay && after.contains(.ahead)
      return isOfPlan ? .open : .past
    case .event:
      if after.contains(.past) { return .past }
      if isOpenEnd { return .ahead }
      return before.contains(.ahead) || after.contains(.ahead) && !isDay ? .open : .past
    case .ahead: return after.contains(.past) ? .open : .ahead
    case nil: return before.contains(.ahead) || isOpenEnd ? .ahead : .open
    }
  }

  /// Of `phường đã tổ chức hội nghị ngày 25/6/2026`: what stands before it in its clause says it.
  private func trailingSense(
    _ before: [(start: Int, sense: NarrationRegister.Sense)], _ after: [NarrationRegister.Sense]
  ) -> ToldSense {
    // «đã giao dự toán năm 2027» tells of the day before.
    if isBefore || isOpenEnd || !isDay { return .ahead }
    let told = before.filter { $0.sense != .event }
    guard let last = told.last else { return after.first == .ahead ? .ahead : .open }
    if last.sense == .ahead { return .ahead }
    return last.start < clauseStart || isOfOther(since: last.start) ? .open : .past
  }

  /// Tells whether words from an offset up to the time lead on to another event: `đã cử đội dự hội
  /// thi do thành phố tổ chức ngày 25/6/2026`.
  private func isOfOther(since start: Int) -> Bool {
    words.contains { word in
      start < word.start && word.start < time.start && Self.linkWords.number(of: word.hash) != nil
    }
  }

  private var isDay: Bool { if case .day = time.part { true } else { false } }

  // MARK: - The clause

  private var clauseStart: Int {
    let start = text.range.bounds.lowerBound
    let comma = text.source.bytes[start..<time.start].lastIndex {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "(")
    }
    return comma.map { $0 + 1 } ?? start
  }

  /// Tells whether nothing but words of time stand before it in its clause.
  private var leads: Bool {
    let start = clauseStart
    return words.allSatisfy { word in
      word.start < start || time.start <= word.start || word.kind == .number
        || Self.timeWords.number(of: word.hash) != nil
    }
  }

  /// The last words before it in its clause, in small letters.
  private func precedingWords(_ count: Int) -> [String] {
    let start = clauseStart
    return words.filter { start <= $0.start && $0.start < time.start }.suffix(count).map(small)
  }

  private var preposition: String { precedingWords(1).first ?? "" }

  private func small(_ word: Word) -> String {
    text.part(word.start..<word.end).string.lowercased()
  }

  private var isBefore: Bool { ["trước", "hạn", "quá"].contains(preposition) }

  /// `đến ngày 30/9/2026`, `từ ngày 01/7/2026`, but not `tính đến ngày 25/6/2026`.
  private var isOpenEnd: Bool {
    guard ["đến", "tới", "từ", "hết", "sang"].contains(preposition) else { return false }
    return precedingWords(2).first != "tính"
  }

  private static let timeWords = WordTable(ofSmall: [
    "ngày", "tháng", "quý", "năm", "sáng", "chiều", "tối", "trưa", "vào", "trong", "từ", "đến",
    "tới", "tính", "hết", "và", "hồi", "lúc", "giờ", "đầu", "cuối", "giữa", "trước", "nay", "đợt",
    "tuần",
  ])

  private static let linkWords = WordTable(ofSmall: ["do", "để", "cho", "về", "dự"])
}

extension WordTable {
  /// The words, also with a capital.
  fileprivate init(ofSmall words: [String]) {
    for word in words {
      insert(WordTable.hash(word.utf8), 0)
      insert(WordTable.hash((word.prefix(1).uppercased() + word.dropFirst()).utf8), 0)
    }
  }
}
