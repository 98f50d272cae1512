import CaseFiles
import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import Reports

/// What holds of every edit, of the files that ship and of blank forms.
@Suite struct EditPropertyTests {
  typealias Values = [String: [String]]

  /// Every fifth of the files that ship, the plan, and blank forms. All of them take minutes.
  static let names =
    GoldenTests.dataFiles.enumerated().filter { $0.offset.isMultiple(of: 5) }.map(\.element)
    + ["phuong/tong-hop.rec", "new so-ket tin-bai", "new quyet-dinh"]

  private static func file(_ name: String) throws -> DataFile {
    guard name.hasPrefix("new ") else { return try EntryFormTests.file(name) }
    let kinds = name.split(separator: " ").dropFirst().map(String.init)
    let templates = try #require(EntryFormTests.templates)
    return try DataFile.read(name: "a.rec", bytes: templates.blankForm(of: kinds, from: nil))
  }

  private func form(_ file: DataFile) throws -> EntryForm {
    try EntryForm(of: file, #require(EntryFormTests.templates))
  }

  private func apply(
    _ edit: SectionEdit, to file: DataFile, madeOn base: DataFile
  ) throws -> (file: DataFile, conflicts: [EditConflict]) {
    let edited = try file.applying(
      edit, madeOn: base, #require(EntryFormTests.templates))
    return (try DataFile.read(name: file.source.name, bytes: edited.bytes), edited.conflicts)
  }

  private func values(_ file: DataFile, _ type: String) throws -> [Values] {
    try form(file).sections.first { $0.type == type }?.records.map(\.values) ?? []
  }

  /// What a form sends where nobody changed anything.
  private func unchanged(_ section: EntrySection) -> [SectionEdit.Entry] {
    section.records.map { record in
      var values: Values = [:]
      for field in record.fields { values[field.name] = record.values[field.name] ?? [] }
      return SectionEdit.Entry(origin: record.index, values: values)
    }
  }

  @Test("an edit that changes nothing gives the same bytes", arguments: names)
  func nothing(_ name: String) throws {
    let file = try Self.file(name)
    for section in try form(file).sections {
      let edit = SectionEdit(type: section.type, entries: unchanged(section))
      let edited = try apply(edit, to: file, madeOn: file)
      #expect(edited.file.source.bytes == file.source.bytes, "\(section.type)")
      #expect(edited.conflicts.isEmpty)
    }
  }

  /// A value with signs that mean something in rec text.
  private func text(_ random: inout FixedRandom) -> String {
    let parts = [
      "lượt", "1.400", " ", "\n", "+ ", "#", ": ", "%rec: x", "\\", "\t", "ho_ten: A", "—", "\"",
      "{{ x }}", "\n\n", "b",
    ]
    let count = Int.random(in: 1...5, using: &random)
    let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    return Text(text).isBlank ? "x" : text
  }

  /// The records of a section in another order, with some removed, added and changed; and what they hold.
  private func random(
    _ section: EntrySection, _ random: inout FixedRandom
  ) -> (entries: [SectionEdit.Entry], wanted: [Values]) {
    var entries: [SectionEdit.Entry] = []
    var wanted: [Values] = []
    var records = section.records.filter { _ in Int.random(in: 0..<6, using: &random) > 0 }
    if Int.random(in: 0..<3, using: &random) == 0 { records.shuffle(using: &random) }
    for record in records.map({ Optional($0) }) + [nil, nil] {
      let fields = record?.fields ?? section.fields
      var values: Values = [:]
      for field in fields where Int.random(in: 0..<4, using: &random) == 0 {
        // The kind of a document says which fields it has.
        if field.name == Schema.kindField { continue }
        let count = Int.random(in: 0...(field.isRepeated ? 3 : 1), using: &random)
        values[field.name] = (0..<count).map { _ in text(&random) }
      }
      let isEmpty = values.values.allSatisfy(\.isEmpty)
      if record == nil, isEmpty { continue }
      entries.append(SectionEdit.Entry(origin: record?.index, values: values))
      let all = (record?.values ?? [:]).merging(values) { $1 }
      wanted.append(all.filter { !$0.value.isEmpty })
    }
    return (entries, wanted)
  }

  @Test("what was sent is read back, and nothing else changes", arguments: names)
  func readBack(_ name: String) throws {
    let file = try Self.file(name)
    var numbers = FixedRandom(seed: 7)
    for section in try form(file).sections {
      for _ in 0..<(section.records.isEmpty ? 1 : 3) {
        let (entries, wanted) = random(section, &numbers)
        let edit = SectionEdit(type: section.type, entries: entries)
        let edited = try apply(edit, to: file, madeOn: file).file
        let bytes = String(decoding: edited.source.bytes, as: UTF8.self)
        #expect(try values(edited, section.type) == wanted, "\(section.type)\n\(bytes)")
        for other in Set(file.database.recordSets.compactMap { $0.type?.string })
        where other != section.type {
          #expect(Self.texts(edited, other) == Self.texts(file, other))
        }
      }
    }
  }

  /// The records of a type as they are written.
  private static func texts(_ file: DataFile, _ type: String) -> [String] {
    file.database.records(ofType: type).map(\.text.string)
  }

  @Test("what stands before and behind the section stays to the byte", arguments: names)
  func outside(_ name: String) throws {
    let file = try Self.file(name)
    var numbers = FixedRandom(seed: 3)
    for section in try form(file).sections where !section.records.isEmpty {
      let records = file.database.records(ofType: section.type)
      let sets = file.database.recordSets.filter { $0.type?.string == section.type }
      guard sets.count == 1, let first = records.first, let last = records.last else { continue }
      let (entries, _) = random(section, &numbers)
      let edit = SectionEdit(type: section.type, entries: entries)
      let bytes = try apply(edit, to: file, madeOn: file).file.source.bytes
      let source = file.source
      // The lines of the first record, with the comments in them, may go.
      let head = try #require(
        source.bytes[..<Int(first.text.range.start)].ranges(of: Array("\n\n".utf8)).last)
      let tail = source.bytes[Int(last.text.range.end)...]
        .ranges(of: Array("\n\n".utf8)).first
      #expect(bytes.starts(with: source.bytes[..<head.lowerBound]), "\(section.type)")
      if let tail {
        let rest = source.bytes[tail.upperBound...]
        #expect(bytes.suffix(rest.count).elementsEqual(rest), "\(section.type)")
      }
    }
  }

  @Test("two edits of different fields survive in either order", arguments: names)
  func twoEdits(_ name: String) throws {
    let base = try Self.file(name)
    var numbers = FixedRandom(seed: 5)
    for section in try form(base).sections where !section.records.isEmpty {
      var (mine, theirs): ([SectionEdit.Entry], [SectionEdit.Entry]) = ([], [])
      var wanted: [Values] = []
      for record in section.records {
        let names = record.fields.map(\.name).filter { $0 != Schema.kindField }
        var (one, other): (Values, Values) = ([:], [:])
        for name in names {
          switch Int.random(in: 0..<6, using: &numbers) {
          case 0: one[name] = [text(&numbers)]
          case 1: other[name] = [text(&numbers)]
          case 2: one[name] = record.values[name] ?? []
          default: break
          }
        }
        mine.append(SectionEdit.Entry(origin: record.index, values: one))
        theirs.append(SectionEdit.Entry(origin: record.index, values: other))
        wanted.append(record.values.merging(one) { $1 }.merging(other) { $1 })
      }
      wanted = wanted.map { $0.filter { !$0.value.isEmpty } }
      let edits = [mine, theirs].map { SectionEdit(type: section.type, entries: $0) }
      for (first, second) in [(edits[0], edits[1]), (edits[1], edits[0])] {
        let once = try apply(first, to: base, madeOn: base).file
        let twice = try apply(second, to: once, madeOn: base)
        #expect(twice.conflicts.isEmpty, "\(section.type) \(twice.conflicts)")
        #expect(try values(twice.file, section.type) == wanted, "\(section.type)")
      }
    }
  }

  @Test("two values of the same field are a conflict, and that of the file stays", arguments: names)
  func conflicts(_ name: String) throws {
    let base = try Self.file(name)
    for section in try form(base).sections {
      guard let record = section.records.last,
        let field = record.fields.first(where: { $0.name != Schema.kindField })
      else { continue }
      func edit(_ value: String) -> SectionEdit {
        SectionEdit(
          type: section.type,
          entries: section.records.map { other in
            let values = other.index == record.index ? [field.name: [value]] : [:]
            return SectionEdit.Entry(origin: other.index, values: values)
          })
      }
      let once = try apply(edit("của họ"), to: base, madeOn: base).file
      let twice = try apply(edit("của tôi"), to: once, madeOn: base)
      #expect(twice.file.source.bytes == once.source.bytes)
      let conflict = try #require(twice.conflicts.first, "\(section.type)")
      #expect(
        conflict.place
          == EntryPlace(type: section.type, record: record.index, field: field.name))
      #expect(conflict.mine == ["của tôi"] && conflict.theirs == ["của họ"])
      #expect(conflict.base == record.values[field.name] ?? [])
      #expect(twice.conflicts.count == 1)
    }
  }
}
