import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// Two data files with what is not the same in them.
struct RecordComparison {
  private let old: ComparedData
  private let new: ComparedData
  private(set) var differences: [Difference] = []

  init(of old: DataFile, _ new: DataFile) {
    (self.old, self.new) = (ComparedData(old.source), ComparedData(new.source))
  }

  mutating func run() {
    for type in old.types { compare(type, new.type(named: type.name)) }
    for type in new.types where old.type(named: type.name) == nil { compare(nil, type) }
  }

  // MARK: Records

  private mutating func compare(_ type: ComparedType?, _ other: ComparedType?) {
    let (ours, theirs) = (type?.records ?? [], other?.records ?? [])
    compareRules(type, other)
    let isOne = ours.count <= 1 && theirs.count <= 1
    let pairs = matched(ours, theirs, key: type?.key ?? other?.key)
    let (known, knownNew) = (Set(pairs.map(\.old)), Set(pairs.map(\.new)))
    for pair in pairs.sorted(by: { $0.old < $1.old }) {
      let label = isOne ? "" : ours[pair.old].label
      compare(ours[pair.old], theirs[pair.new], label)
    }
    tellOrder(pairs.sorted { $0.old < $1.old }, ours)
    let name = type?.name ?? other?.name ?? ""
    for index in ours.indices where !known.contains(index) {
      add(ours[index], field: name, old: ours[index].summary, new: "")
    }
    for index in theirs.indices where !knownNew.contains(index) {
      add(theirs[index], field: name, old: "", new: theirs[index].summary)
    }
  }

  private mutating func add(_ record: ComparedRecord, field: String, old: String, new: String) {
    differences.append(
      Difference(at: record.spot, in: record.file, field: field, old: old, new: new))
  }

  private mutating func compareRules(_ type: ComparedType?, _ other: ComparedType?) {
    guard let rules = type?.rules, let new = other?.rules else { return }
    compare(rules, new, "")
  }

  /// Which records stand for one another.
  private func matched(
    _ ours: [ComparedRecord], _ theirs: [ComparedRecord], key: String?
  ) -> [(old: Int, new: Int)] {
    if let key { return matched(ours, theirs, by: key) }
    var numbers: [[String]: Int32] = [:]
    func number(_ record: ComparedRecord) -> Int32 {
      let identity = record.fields.flatMap { [$0.name, $0.meaning] }
      let next = Int32(numbers.count)
      if let known = numbers[identity] { return known }
      numbers[identity] = next
      return next
    }
    let (oldNumbers, newNumbers) = (ours.map(number), theirs.map(number))
    var pairs: [(old: Int, new: Int)] = []
    var (left, right) = (0, 0)
    func matchEqual(upTo end: Int) {
      while left < end {
        pairs.append((left, right))
        (left, right) = (left + 1, right + 1)
      }
    }
    for gap in EditScript(from: oldNumbers[...], to: newNumbers[...]).edits {
      matchEqual(upTo: gap.old.lowerBound)
      let isOne = gap.old.count == 1 && gap.new.count == 1
      pairs += orderedPairs(gap.old, gap.new) { old, new in
        max(isOne ? 0.1 : 0, ours[old].likeness(to: theirs[new]))
      }
      (left, right) = (gap.old.upperBound, gap.new.upperBound)
    }
    matchEqual(upTo: ours.count)
    return pairs
  }

  private func matched(
    _ ours: [ComparedRecord], _ theirs: [ComparedRecord], by key: String
  ) -> [(old: Int, new: Int)] {
    var places: [String: [Int]] = [:]
    for index in theirs.indices.reversed() {
      places[theirs[index].value(of: key) ?? "", default: []].append(index)
    }
    return ours.indices.compactMap { index in
      places[ours[index].value(of: key) ?? ""]?.popLast().map { (index, $0) }
    }
  }

  /// Tells of matched records that stand at another place among them.
  private mutating func tellOrder(_ pairs: [(old: Int, new: Int)], _ ours: [ComparedRecord]) {
    let order = pairs.sorted { $0.new < $1.new }.map { Int32($0.old) }
    for edit in EditScript(from: pairs.map { Int32($0.old) }[...], to: order[...]).edits {
      for place in edit.old {
        let pair = pairs[place]
        let label = ours[pair.old].label
        let now = order.firstIndex(of: Int32(pair.old)).map { $0 + 1 } ?? 0
        add(
          ours[pair.old], field: "\(label) · #", old: String(place + 1), new: String(now))
      }
    }
  }

  // MARK: Fields

  private mutating func compare(_ record: ComparedRecord, _ other: ComparedRecord, _ label: String)
  {
    var names: [String] = []
    var known: Set<String> = []
    for field in record.fields + other.fields where known.insert(field.name).inserted {
      names.append(field.name)
    }
    for name in names {
      let ours = record.fields.filter { $0.name == name }
      let theirs = other.fields.filter { $0.name == name }
      compare(ours, theirs, of: record, label)
    }
  }

  private mutating func compare(
    _ ours: [ComparedField], _ theirs: [ComparedField], of record: ComparedRecord, _ label: String
  ) {
    var numbers: [String: Int32] = [:]
    func number(_ field: ComparedField) -> Int32 {
      if let known = numbers[field.meaning] { return known }
      let next = Int32(numbers.count)
      numbers[field.meaning] = next
      return next
    }
    let gaps = EditScript(from: ours.map(number)[...], to: theirs.map(number)[...]).edits
    for gap in gaps {
      for offset in 0..<max(gap.old.count, gap.new.count) {
        let old = offset < gap.old.count ? ours[gap.old.lowerBound + offset] : nil
        let new = offset < gap.new.count ? theirs[gap.new.lowerBound + offset] : nil
        tell(old, new, of: record, label)
      }
    }
  }

  private mutating func tell(
    _ old: ComparedField?, _ new: ComparedField?, of record: ComparedRecord, _ label: String
  ) {
    guard let written = (old ?? new)?.written else { return }
    let field = label.isEmpty ? written : "\(label) · \(written)"
    // What was added stands below the record's first line.
    let line = old?.line ?? record.line
    if let old, let new, old.isProse, new.isProse {
      differences += TextComparison(of: old.shown, new.shown, named: record.file).differences().map
      {
        Difference(
          at: (.line(old.line), 0), in: record.file, field: field, old: $0.old, new: $0.new,
          before: $0.before, after: $0.after)
      }
    } else {
      differences.append(
        Difference(
          at: (.line(line), 0), in: record.file, field: field, old: old?.text ?? "",
          new: new?.text ?? ""))
    }
  }
}

/// A data file cut into types, records and fields.
private struct ComparedData {
  let types: [ComparedType]

  init(_ source: Source) {
    var ignored: [Diagnostic] = []
    let database = Database.read(source, into: &ignored)
    var (types, places): ([ComparedType], [String: Int]) = ([], [:])
    for set in database.recordSets {
      let name = set.type?.string ?? ""
      let records = set.records.map(ComparedRecord.init)
      if let place = places[name] {
        types[place].records += records
      } else {
        places[name] = types.count
        let rules = set.descriptorRecord
        types.append(
          ComparedType(
            name: name, records: records, rules: rules.map(ComparedRecord.init),
            key: rules?.field("%key")?.value.string.asFieldName))
      }
    }
    self.types = types
  }

  func type(named name: String) -> ComparedType? { types.first { $0.name == name } }
}

private struct ComparedType {
  let name: String
  var records: [ComparedRecord]
  let rules: ComparedRecord?
  let key: String?
}

private struct ComparedRecord {
  let fields: [ComparedField]
  let file: String
  let line: Int

  init(_ record: Record) {
    fields = record.fields.map(ComparedField.init)
    let place = record.place.place
    (file, line) = (place.source.name, place.source.position(at: Int(place.range.start)).line)
  }

  var spot: (ShownPlace, cell: Int) { (.line(line), 0) }

  func value(of name: String) -> String? { fields.first { $0.name == name }?.meaning }

  /// What a person knows it by: its first value that is no figure, as what a record is of stands first.
  var label: String {
    let named = fields.first { $0.text.contains(where: \.isLetter) } ?? fields.first
    return named?.text.shortened ?? ""
  }

  var summary: String { fields.map { "\($0.written): \($0.text)" }.joined(separator: " | ") }

  /// From 0 to 1: fields that say the same count whole, those that only have one name a little.
  func likeness(to other: ComparedRecord) -> Float {
    var rest = Dictionary(grouping: other.fields, by: \.name)
    var sum: Float = 0
    for field in fields {
      guard let found = rest[field.name], !found.isEmpty else { continue }
      if let same = found.firstIndex(where: { $0.meaning == field.meaning }) {
        rest[field.name]?.remove(at: same)
        sum += 1
      } else {
        rest[field.name]?.removeFirst()
        sum += 0.1 + 0.8 * field.sharedWords(with: found[0])
      }
    }
    let share = sum / Float(max(fields.count, other.fields.count, 1))
    return share >= 0.3 ? share : 0
  }
}

private struct ComparedField {
  /// In small letters without marks, as a label and a name of rec are one.
  let name: String
  let written: String
  let text: String
  /// The value as it counts: a number or day in one spelling, a text with single blanks.
  let meaning: String
  let line: Int

  init(_ field: Field) {
    written = field.name.string
    name = written.asFieldName
    let value = field.value
    text = value.string.composed
    meaning = Self.meaning(of: value, text)
    let place = field.name.place
    line = place.source.position(at: Int(place.range.start)).line
  }

  private static func meaning(of value: Text, _ text: String) -> String {
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    // A number of a telephone, or of a paper, is no figure.
    let isPlain =
      words.utf8.count < 32 && !(words.hasPrefix("0") && words.dropFirst().first?.isNumber ?? false)
    if isPlain, let decimal = try? decimal(of: value) {
      return String(decoding: decimal, as: UTF8.self)
    }
    if words.utf8.count < 32, let day = try? CalendarDate(value) {
      return "\(day.year)-\(day.month)-\(day.day)"
    }
    return words
  }

  /// Tells whether it is so long that its words are compared.
  var isProse: Bool { text.utf8.count > 60 }

  var shown: ShownText {
    var shown = ShownText()
    for (index, line) in text.utf8.split(separator: 0x0A).enumerated() {
      shown.add(line, at: .line(self.line + index), .text)
    }
    return shown
  }

  func sharedWords(with other: ComparedField) -> Float {
    let (ours, theirs) = (text.split(separator: " "), Set(other.text.split(separator: " ")))
    return Float(ours.count { theirs.contains($0) }) / Float(max(ours.count, theirs.count, 1))
  }
}

extension String {
  /// A label, `Người chủ trì`, as the name that stands for it, `nguoi_chu_tri`.
  fileprivate var asFieldName: String {
    withoutMarks(composed.lowercased()).split { $0 == " " || $0 == "_" }.joined(separator: "_")
  }
}
