import Texts

/// A record as it shall be after an edit.
public struct EditedRecord: Sendable {
  /// The record of the text that it is, by its number among those of its type; nil for a new one.
  public let origin: Int?
  /// The fields that get other values, in the order in which new ones are written.
  public let values: [(name: String, values: [String])]
  public let order: FieldOrder

  public init(
    origin: Int?, values: [(name: String, values: [String])], order: FieldOrder
  ) {
    (self.origin, self.values, self.order) = (origin, values, order)
  }
}

extension Database {
  /// The text with the records of a type as they shall be, in this order; those that are not named are
  /// gone. All that is not about them stays to the byte.
  ///
  /// Records that keep their order stay where they are; a new or moved one stands behind the one before
  /// it. The comments in the lines of a record go with it.
  ///
  /// - Parameters:
  ///   - records: those to be; no origin twice.
  ///   - types: all types in the order of a form, for a type of which the text has no records yet.
  ///   - name: the name that the schema gives a field.
  public func editing(
    _ type: String, _ records: [EditedRecord], among types: [String], name: (Field) -> String
  ) -> [UInt8] {
    var pass = SectionPass(self, type)
    pass.write(records, among: types, name)
    return pass.bytes
  }
}

/// The changes to the paragraphs of a text.
private struct SectionPass {
  private let database: Database
  private let type: String
  private let records: [Record]
  private let paragraphs: [Paragraph]
  /// The paragraph of each record.
  private let places: [Int]
  /// What stands in place of a paragraph, nothing for one that is gone.
  private var replaced: [Int: [[UInt8]]] = [:]
  private var before: [Int: [[UInt8]]] = [:]
  private var behind: [Int: [[UInt8]]] = [:]
  /// What stands behind all.
  private var last: [[UInt8]] = []

  init(_ database: Database, _ type: String) {
    (self.database, self.type) = (database, type)
    records = database.records(ofType: type)
    let paragraphs = Paragraph.all(of: database)
    self.paragraphs = paragraphs
    places = records.map { paragraphs.index(holding: Int($0.place.range.start)) ?? 0 }
  }

  mutating func write(
    _ wanted: [EditedRecord], among types: [String], _ name: (Field) -> String
  ) {
    let origins = wanted.compactMap(\.origin)
    let staying = Set(origins.longestAscent)
    for index in records.indices where !staying.contains(index) { replaced[places[index]] = [] }
    var pending: [[UInt8]] = []
    var anchor: Int?
    var wanted = wanted[...]
    if records.isEmpty, let first = wanted.first, let form = blankRecord(name) {
      replaced[form.place] = [text(of: first, form.text)]
      anchor = form.place
      wanted.removeFirst()
    }
    for record in wanted {
      guard let origin = record.origin else {
        pending.append(text(of: record, RecordText()))
        continue
      }
      let place = places[origin]
      let old = RecordText(paragraphs[place], records[origin], in: database.source, name: name)
      guard staying.contains(origin) else {
        pending.append(text(of: record, old))
        continue
      }
      flush(&pending, behind: anchor, before: place)
      anchor = place
      if isChanged(record, old) { replaced[place] = [text(of: record, old)] }
    }
    if let anchor {
      behind[anchor, default: []] += pending
    } else if let first = places.first {
      replaced[first] = pending
    } else if !pending.isEmpty {
      open(pending, among: types)
    }
  }

  private mutating func flush(
    _ pending: inout [[UInt8]], behind anchor: Int?, before place: Int
  ) {
    if let anchor {
      behind[anchor, default: []] += pending
    } else {
      before[place, default: []] += pending
    }
    pending = []
  }

  // MARK: - Records

  private func isChanged(_ record: EditedRecord, _ old: RecordText) -> Bool {
    record.values.contains { old.values($0.name, record.order) != $0.values }
  }

  private func text(of record: EditedRecord, _ old: RecordText) -> [UInt8] {
    var text = old
    for (name, values) in record.values { text.set(name, values, record.order) }
    if record.origin == nil { text.addMandatory(record.order) }
    return text.bytes
  }

  /// The paragraph of a blank form in which the fields of the first record are commented out.
  private func blankRecord(_ name: (Field) -> String) -> (place: Int, text: RecordText)? {
    guard let first = descriptors(of: type).first else { return nil }
    for place in paragraphs.indices[(first + 1)...] {
      let isRecord = database.hasField(in: paragraphs[place].range)
      if isRecord { return nil }
      let text = RecordText(paragraphs[place], nil, in: database.source, name: name)
      if text.isBlankForm { return (place, text) }
    }
    return nil
  }

  // MARK: - Record sets

  /// The paragraphs of the descriptors of a type.
  private func descriptors(of type: String) -> [Int] {
    database.recordSets.compactMap { set in
      guard set.type?.isSpelled(type) ?? false, let record = set.descriptorRecord else {
        return nil
      }
      return paragraphs.index(holding: Int(record.place.range.start))
    }
  }

  /// Writes records of a type of which there are none: below its descriptor, or else with one behind
  /// the records of the type before it in the order of a form.
  private mutating func open(_ records: [[UInt8]], among types: [String]) {
    if let place = descriptors(of: type).last {
      behind[place, default: []] += records
      return
    }
    var writer = Writer()
    writer.writeField("%rec", type)
    let set = [writer.bytes] + records
    let index = types.firstIndex(of: type) ?? types.count
    if let other = types[..<index].last(where: { end(of: $0) != nil }), let place = end(of: other) {
      behind[place, default: []] += set
    } else {
      last += set
    }
  }

  /// The last paragraph with a record of a type, or else with its descriptor.
  private func end(of type: String) -> Int? {
    let record = database.records(ofType: type).last
    return record.flatMap { paragraphs.index(holding: Int($0.place.range.start)) }
      ?? descriptors(of: type).last
  }

  // MARK: - Bytes

  /// The text with the changes; a paragraph that goes takes the empty lines above it along.
  var bytes: [UInt8] {
    let source = database.source.bytes
    var bytes: [UInt8] = []
    var end = 0
    for (index, paragraph) in paragraphs.enumerated() {
      let own = replaced[index] ?? [Array(source[paragraph.range])]
      let all = (before[index] ?? []) + own + (behind[index] ?? [])
      let gap = source[end..<paragraph.range.lowerBound]
      end = paragraph.range.upperBound
      if all.isEmpty { continue }
      if index == 0 || !bytes.isEmpty { bytes += gap }
      append(all, to: &bytes)
    }
    bytes += source[end...]
    if !last.isEmpty, !bytes.isEmpty {
      bytes.endLine()
      if !bytes.suffix(2).elementsEqual("\n\n".utf8) { bytes.append(UInt8(ascii: "\n")) }
    }
    append(last, to: &bytes)
    return bytes
  }

  /// Appends paragraphs with an empty line between them.
  private func append(_ paragraphs: [[UInt8]], to bytes: inout [UInt8]) {
    for (index, paragraph) in paragraphs.enumerated() {
      if index > 0 {
        bytes.endLine()
        bytes.append(UInt8(ascii: "\n"))
      }
      bytes += paragraph
    }
  }
}

extension Database {
  /// Tells whether a field begins in a range of the text.
  fileprivate func hasField(in range: Range<Int>) -> Bool {
    let fields = storage.fields
    let next = fields.sortedIndex(after: { Int($0.name.start) < range.lowerBound })
    return next < fields.count && Int(fields[next].name.start) < range.upperBound
  }
}

extension [UInt8] {
  /// Ends the last line, where there is one that has no end.
  fileprivate mutating func endLine() {
    if let last, last != UInt8(ascii: "\n") { append(UInt8(ascii: "\n")) }
  }
}

extension [Int] {
  /// As many of the numbers as ascend in the order they stand in.
  public var longestAscent: [Int] {
    /// For each length the index of the least number that ends an ascent of it.
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: count)
    for index in indices {
      let place = ends.sortedIndex(after: { self[$0] < self[index] })
      previous[index] = place > 0 ? ends[place - 1] : -1
      if place == ends.count { ends.append(index) } else { ends[place] = index }
    }
    var ascent: [Int] = []
    var next = ends.last ?? -1
    while next >= 0 {
      ascent.append(self[next])
      next = previous[next]
    }
    return ascent.reversed()
  }
}
