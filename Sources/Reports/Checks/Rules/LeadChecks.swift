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
      var names: ResolvedDeclaration.Operand?
      for operand in operands.dropFirst() where !operand.isOfRecord {
        if let names, names.type == operand.type {
          // A field of codes is the part that people take.
          if data.schema.types[operand.type].rule(for: operand.field)?.type == nil {
            checkPosts(lead, of: names, operand, data, &problems)
          } else {
            checkRoles(lead, of: names, operand, data, &problems)
          }
        } else {
          check(lead, operand, &data, &problems)
          let isOfMatter = data.schema.types[operand.type].name.isSpelled(Schema.matterType)
          names = isOfMatter ? nil : operand
        }
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
      case .soNguyen, .so: lead.otherCount(than: value, of: type.rule(for: operand.field)?.unit)
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

extension LeadChecks {
  /// Checks the posts beside the names of people, which a second field of their records has.
  private func checkPosts(
    _ lead: Lead, of names: ResolvedDeclaration.Operand, _ posts: ResolvedDeclaration.Operand,
    _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    for record in data.records.records(ofType: names.type) {
      guard let name = record.text(of: names.column), !name.isEmpty,
        let post = record.text(of: posts.column), !post.isEmpty
      else { continue }
      for found in lead.posts(beside: name)
      where !Post(found, data.registers).mayBe(Post(post, data.registers)) {
        let problem = CheckProblem.leadUnknown(found.string, suggestion: post.string)
        problems.append(declaration.broken(problem, at: found, comparedWith: [post]))
      }
    }
  }
}

extension LeadChecks {
  /// Checks that nobody presides who has another part in the data.
  private func checkRoles(
    _ lead: Lead, of names: ResolvedDeclaration.Operand, _ roles: ResolvedDeclaration.Operand,
    _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    let people = data.records.records(ofType: names.type).compactMap { record in
      record.text(of: names.column).map { (name: $0, role: record.text(of: roles.column)) }
    }
    guard let found = lead.presiding(among: people.map(\.name)),
      // Somebody may have several parts, each in a record of its own.
      !people.contains(where: {
        $0.name == found.name && $0.role?.isSpelled(Self.presiding) == true
      }),
      let role = people.first(where: { $0.name == found.name })?.role
    else { return }
    let field = data.named(roles.field, ofType: roles.type)
    let problem = CheckProblem.leadDiffers(found.place.string, field: field, data: role.string)
    problems.append(declaration.broken(problem, at: found.place, comparedWith: [role]))
  }

  private static let presiding = "chu_tri"
}

/// A post, or several with commas between them, to be compared with another.
private struct Post {
  private let parts: [[[UInt8]]]

  init(_ text: Text, _ registers: CheckRegisters) {
    var string = text.string
    for (short, meaning) in registers.abbreviations.meanings {
      string = string.replacing(short, with: meaning)
    }
    parts = string.split(separator: ",").map { part in
      part.split { !$0.isLetter && !$0.isNumber }.map { folded(Array($0.utf8)[...]) }
    }
  }

  /// Tells whether it may be the other one, in fewer words or in more; a deputy is no head.
  func mayBe(_ other: Post) -> Bool {
    parts.contains { part in
      other.parts.contains { known in
        let (fewer, more) = part.count < known.count ? (part, known) : (known, part)
        return Set(more).isSuperset(of: fewer) && part.first == known.first
      }
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

  /// Who presides by the words `NAME …, chủ trì hội nghị`: the last name before them in their sentence.
  func presiding(among names: [Text]) -> (name: Text, place: Text)? {
    guard
      let index = words.indices.dropLast().first(where: { index in
        words[index].string.lowercased() == "chủ" && bare(words[index + 1]).isSpelled("trì")
      }), index > 0, !["sự", "quan", "đồng", "đơn"].contains(words[index - 1].string)
    else { return nil }
    let before = text.part(text.range.bounds.lowerBound..<words[index].range.bounds.lowerBound)
    let found = names.compactMap { name in
      before.bytes.ranges(of: name.bytes).last.map { (name, $0) }
    }.max { $0.1.lowerBound < $1.1.lowerBound }
    guard let (name, range) = found,
      !before.bytes[range.upperBound...].contains(where: { ".;".utf8.contains($0) })
    else { return nil }
    return (
      name,
      text.part(
        words[index].range.bounds.lowerBound..<bare(words[index + 1]).range.bounds.upperBound)
    )
  }

  /// A number of what the unit counts, `12 ý kiến`, that is not the one of the data.
  func otherCount(than value: Text, of unit: Text?) -> Text? {
    guard let unit else { return nil }
    let wanted = unit.words
    for (index, word) in words.enumerated() where index + wanted.count < words.count {
      guard word.bytes.allSatisfy({ isDigit($0) }), Int(word.string) != Int(value.string),
        index == 0 || !["hơn", "trên", "gần", "khoảng"].contains(words[index - 1].string),
        zip(words[(index + 1)...], wanted).allSatisfy({ bare($0) == $1 })
      else { continue }
      return word
    }
    return nil
  }

  /// `tại hội nghị`, `tại địa bàn`.
  private static let beginningsOfNoPlace: Set<String> = [
    "hội", "buổi", "cuộc", "phiên", "kỳ", "lễ", "đại", "tọa", "đây", "địa", "các",
  ]

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
    return Lead.beginningsOfNoPlace.contains(first) ? nil : place
  }

  /// What stands behind a name and a comma, up to the next mark, and begins with a capital; and what
  /// stands before a name, from a word with which a post begins.
  func posts(beside name: Text) -> [Text] {
    let bytes = text.bytes
    return bytes.ranges(of: name.bytes).flatMap { range in
      [post(after: range.upperBound, in: bytes), post(before: range.lowerBound)]
        .compactMap(\.self)
    }
  }

  private func post(after end: Int, in bytes: ArraySlice<UInt8>) -> Text? {
    guard bytes[end...].starts(with: ", ".utf8) else { return nil }
    let start = end + 2
    let stop = bytes[start...].firstIndex { ",.;()".utf8.contains($0) } ?? bytes.endIndex
    let found = Text(source: text.source, range: SourceRange(start: start, end: stop))
    guard let first = found.words.first, Lead.beginningsOfPosts.contains(first.string) else {
      return nil
    }
    return found
  }

  private func post(before start: Int) -> Text? {
    guard let last = words.lastIndex(where: { $0.range.bounds.upperBound <= start }),
      start - words[last].range.bounds.upperBound <= 1
    else { return nil }
    var end = last
    // «, đồng chí» may stand between them.
    if end > 1, words[end].string.lowercased() == "chí" { end -= 2 }
    var index = end
    while index >= 0, end - index < 12, bare(words[index]) == words[index] {
      if Lead.beginningsOfPosts.contains(words[index].string) {
        while index > 0, Lead.beginningsOfPosts.contains(words[index - 1].string),
          bare(words[index - 1]) == words[index - 1]
        { index -= 1 }
        return Text(
          source: text.source,
          range: words[index].range.joined(with: words[end].range))
      }
      index -= 1
    }
    return nil
  }

  /// `Phó`, `Chủ` of `Chủ tịch`.
  private static let beginningsOfPosts: Set<String> = [
    "Phó", "Chủ", "Bí", "Trưởng", "Chánh", "Giám", "Quyền",
  ]

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
