import Diagnostics
import Texts
import Vietnamese

/// Checks a text that tells of the meeting in its own words, the lead of a post, against the data:
/// the day, the part of the day, the place and the people.
struct LeadChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let operands = declaration.operands
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      // A field of the same record says that the text does not tell of the meeting.
      let isLeftOut = operands.dropFirst().contains { operand in
        operand.isOfRecord && record.text(of: operand.column)?.isSpelled("khong") == true
      }
      guard !isLeftOut, let text = record.text(of: operands[0].column), !text.isEmpty else {
        continue
      }
      let lead = Lead(text)
      for operand in operands.dropFirst() where !operand.isOfRecord {
        check(lead, operand, &data, &problems)
      }
    }
    return problems
  }

  private func check(
    _ lead: Lead, _ operand: ResolvedDeclaration.Operand, _ data: inout CheckedData,
    _ problems: inout [Diagnostic]
  ) {
    let type = data.schema.types[operand.type]
    guard type.name.isSpelled(Schema.matterType) else {
      return checkNames(lead, operand, data, &problems)
    }
    guard let value = data.records.first(ofType: operand.type)?.text(of: operand.column),
      !value.isEmpty
    else { return }
    let found: Text? =
      switch type.rule(for: operand.field)?.valueType {
      case .ngay: lead.otherDay(than: value, &data)
      default: type.rule(for: operand.field)?.type == nil ? nil : lead.otherPart(than: value)
      }
    if let found {
      let field = data.named(operand.field, ofType: operand.type)
      let problem = CheckProblem.leadDiffers(found.string, field: field, data: value.string)
      problems.append(declaration.broken(problem, at: found, comparedWith: [value]))
    } else if type.rule(for: operand.field)?.type == nil, let place = lead.otherPlace(than: value) {
      let problem = CheckProblem.leadUnknown(place.string, suggestion: value.string)
      problems.append(declaration.broken(problem, at: place, comparedWith: [value]))
    }
  }

  private func checkNames(
    _ lead: Lead, _ operand: ResolvedDeclaration.Operand, _ data: CheckedData,
    _ problems: inout [Diagnostic]
  ) {
    let names = data.records.records(ofType: operand.type).flatMap { $0.texts(of: operand.column) }
    guard !names.isEmpty else { return }
    for found in lead.names where !names.contains(found) {
      // A part of a name is no other name.
      if names.contains(where: { $0.string.hasSuffix(" " + found.string) }) { continue }
      let suggestion = nearest(to: found.string, among: names.map(\.string))
      let problem = CheckProblem.leadUnknown(found.string, suggestion: suggestion)
      problems.append(declaration.broken(problem, at: found))
    }
  }
}

extension ResolvedDeclaration.Operand {
  fileprivate var isOfRecord: Bool { if case .record = origin { true } else { false } }
}

/// A lead taken apart into words.
private struct Lead {
  private let words: [Text]
  private let text: Text

  init(_ text: Text) {
    self.text = text
    words = text.words
  }

  /// The word without the marks around it.
  private func bare(_ word: Text) -> Text {
    let marks = Array(",.;:()".utf8)
    let bytes = word.bytes
    guard let start = bytes.firstIndex(where: { !marks.contains($0) }),
      let end = bytes.lastIndex(where: { !marks.contains($0) })
    else { return word }
    return Text(source: word.source, range: SourceRange(start: start, end: end + 1))
  }

  /// A day that is not the one of the data, where the text has no other day but what is to come.
  func otherDay(than value: Text, _ data: inout CheckedData) -> Text? {
    guard let day = CalendarDate(dayOf: value) else { return nil }
    var other: WrittenTime?
    for time in text.writtenTimes {
      guard let found = time.day(inYear: day.year) else { continue }
      if found == day { return nil }
      let sentence = ToldSentence(around: time, in: text, data.registers.narration, &data.words)
      if sentence.sense != .ahead { other = other ?? time }
    }
    return other.map { text.part($0.range) }
  }

  /// `Sáng` before a day, where the data have another part of the day.
  func otherPart(than value: Text) -> Text? {
    let parts = ["sáng", "chiều", "tối"]
    for (index, word) in words.enumerated() {
      let lower = word.string.lowercased()
      guard parts.contains(lower), !value.isSpelled(lower) else { continue }
      let next = words[index...].dropFirst().prefix(2).map { bare($0).bytes }
      if next.contains(where: { $0.contains(UInt8(ascii: "/")) }) { return word }
    }
    return nil
  }

  /// What stands behind the first `tại`, up to a mark, where the place is nowhere in the text.
  func otherPlace(than value: Text) -> Text? {
    guard !text.string.lowercased().contains(value.string.lowercased()),
      let index = words.firstIndex(where: { $0.string.lowercased() == "tại" }),
      index + 1 < words.count
    else { return nil }
    let start = words[index + 1].range.start
    let bytes = text.source.bytes[Int(start)..<text.range.bounds.upperBound]
    let end = bytes.firstIndex { ",.;".utf8.contains($0) } ?? bytes.endIndex
    let place = Text(source: text.source, range: SourceRange(start: Int(start), end: end))
    let first = words[index + 1].string.lowercased()
    return ["hội", "buổi", "đây", "địa", "các"].contains(first) ? nil : place
  }

  /// The names behind `đồng chí`: words with a capital, up to a mark.
  var names: [Text] {
    var names: [Text] = []
    for (index, word) in words.enumerated().dropFirst()
    where word.string.lowercased() == "chí"
      && words[index - 1].string.lowercased() == "đồng"
    {
      var end = index + 1
      while end < words.count, words[end].string.first?.isUppercase == true {
        end += 1
        if bare(words[end - 1]) != words[end - 1] { break }
      }
      // One word alone may begin a title: `đồng chí Bí thư`.
      guard end > index + 2 else { continue }
      let range = words[index + 1].range.joined(with: bare(words[end - 1]).range)
      names.append(Text(source: text.source, range: range))
    }
    return names
  }
}
