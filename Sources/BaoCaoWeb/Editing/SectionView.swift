import Diagnostics
import Foundation
import Hummingbird
import Reports
import Templating

/// What the page of one section shows: the sections of the file, and the records of this one with their
/// fields, values and problems.
struct SectionView: Sendable {
  private let file: OpenedFile
  private let type: String
  private let language: Language
  /// The number of empty records that are shown behind the others.
  private let blanks: Int
  private let conflicts: [EditConflict]
  private let problems: [EntryPlace: [PlacedProblem]]

  init(
    _ file: OpenedFile, _ type: String, _ context: WebContext, blanks: Int = 0,
    conflicts: [EditConflict] = []
  ) {
    (self.file, self.type, self.blanks, self.conflicts) = (file, type, blanks, conflicts)
    language = context.language
    var problems: [EntryPlace: [PlacedProblem]] = [:]
    for problem in file.problems {
      if let place = problem.place { problems[place, default: []].append(problem) }
    }
    self.problems = problems
  }

  var hasConflicts: Bool { !conflicts.isEmpty }

  func values(_ office: Office) throws(PageFailure) -> [(String, Value)] {
    guard let section = file.form.section(type) else { throw .notFound }
    return [
      ("tep", file.value), ("goc", Value(file.state.sum.text)),
      ("cac_muc", .list(file.form.sections.filter(isShownFirst).map(navigation))),
      ("muc_khac", .list(file.form.sections.filter { !isShownFirst($0) }.map(navigation))),
      ("muc", value(of: section)),
      (
        "da_mat",
        .list(conflicts.filter(\.isGone).flatMap(\.mine).map { Value($0) })
      ),
      ("van_ban", .list(file.documents.map { $0.value })),
      (
        "van_de_chung",
        .list(file.problems.filter { $0.place == nil }.map { $0.value(in: language, of: file) })
      ),
    ]
  }

  /// Tells whether a section is needed, or has something in it, or is the one at hand.
  private func isShownFirst(_ section: EntrySection) -> Bool {
    section.isNeeded || !section.records.isEmpty || section.type == type
  }

  private func navigation(_ section: EntrySection) -> Value {
    .map([
      ("loai", Value(section.type)), ("ten", Value(section.shortTitle)),
      ("so", .int(section.records.count)), ("can", .bool(section.isNeeded)),
      ("loi", .int(file.count(.error, in: section.type))),
      ("luu_y", .int(file.count(.warning, in: section.type))),
      ("dang_mo", .bool(section.type == type)),
    ])
  }

  private func value(of section: EntrySection) -> Value {
    var records = section.records.map { record in
      value(
        of: ShownRecord(
          index: record.index, name: "\(record.index)", isNew: false, title: record.title,
          fields: record.fields, values: record.values))
    }
    let isEmpty = records.isEmpty
    let blankCount = isEmpty ? max(1, blanks) : blanks
    for number in 0..<blankCount {
      let blank = ShownRecord(
        index: section.records.count + number, name: "moi\(number)", isNew: true, title: "",
        fields: section.fields, values: [:])
      records.append(value(of: blank))
    }
    return .map([
      ("loai", Value(section.type)), ("ten", Value(section.shortTitle)),
      ("huong_dan", Value(section.fullGuide)), ("mot", .bool(section.isSingle)),
      ("ban_ghi", .list(records)),
      (
        "cot",
        .list(
          section.fields.map { field in
            Value.map([("ten", Value(field.name)), ("nhan", Value(field.label))])
          })
      ),
    ])
  }

  private func value(of record: ShownRecord) -> Value {
    let fields = record.fields.map { value(of: $0, in: record) }
    let own = problems[EntryPlace(type: type, record: record.index, field: nil)] ?? []
    return .map([
      ("ma", Value(record.name)), ("nguon", Value(record.isNew ? "" : "\(record.index)")),
      ("ten", Value(record.title)), ("truong", .list(fields)), ("moi", .bool(record.isNew)),
      ("loi", .list(own.map { $0.value(in: language, of: file) })),
    ])
  }

  private func value(of field: EntryField, in record: ShownRecord) -> Value {
    let name = record.name
    let values = record.values[field.name] ?? []
    let place = EntryPlace(type: type, record: record.index, field: field.name)
    let found = conflicts.enumerated().filter {
      !$0.element.isGone && $0.element.place == place
    }
    let compared = field.comparedWith.flatMap { record.values[$0]?.first }
    return .map([
      ("ten", Value(field.name)), ("o", Value("r.\(name).\(field.name)")),
      ("nhan", Value(field.label)), ("don_vi", Value(field.unit ?? "")),
      ("vi_du", Value(field.example ?? "")), ("giup", Value(field.help ?? "")),
      ("can", .bool(field.isRequired)), ("nhieu", .bool(field.isRepeated)),
      ("kieu", Value(field.input.name)),
      ("lua_chon", .list(field.input.choices.map { Value($0) })),
      ("nhan_chon", .texts(field.choiceLabels)),
      ("gia_tri", .list(values.map { Value($0) })), ("trong", .bool(values.allSatisfy(\.isEmpty))),
      ("loi", .list((problems[place] ?? []).map { $0.value(in: language, of: file) })),
      ("ky_truoc", Value(compared ?? "")),
      (
        "xung_dot",
        .list(
          found.map { number, conflict in
            Value.map([
              ("so", .int(number)), ("o", Value("\(name).\(field.name)")),
              ("toi", .list(conflict.mine.map { Value($0) })),
              ("ho", .list(conflict.theirs.map { Value($0) })),
            ])
          })
      ),
    ])
  }
}

/// A record as the form has it: one of the file, or an empty one to be filled in.
private struct ShownRecord {
  let index: Int
  /// By which its fields are named in the form.
  let name: String
  let isNew: Bool
  let title: String
  let fields: [EntryField]
  let values: [String: [String]]
}

extension EntryInput {
  /// The name by which the templates know it.
  var name: String {
    switch self {
    case .prose(let marks): marks ? "van_xuoi_dau" : "van_xuoi"
    case .day: "ngay"
    case .openDay: "ngay_mo"
    case .dayTime: "ngay_gio"
    case .figure: "so"
    case .whole: "so_nguyen"
    case .choice: "chon"
    case .yesNo: "co_khong"
    default: "dong"
    }
  }

  var choices: [String] { if case .choice(let words) = self { words } else { [] } }
}

extension EntrySection {
  /// The title without what is said of it behind a comma, a colon or in brackets.
  var shortTitle: String {
    let end = title.firstIndex { [",", ":", "("].contains($0) } ?? title.endIndex
    return String(title[..<end]).trimmingCharacters(in: .whitespaces)
  }

  /// What is left out of the short title, and the guide.
  fileprivate var fullGuide: String {
    [title == shortTitle ? "" : title + ".", guide].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension EntryForm {
  func section(_ type: String) -> EntrySection? { sections.first { $0.type == type } }
}

extension NamedDocument {
  var value: Value { .map([("ten", Value(name)), ("nhan", Value(title))]) }
}

extension OpenedFile {
  /// What every page of a file shows of it.
  var value: Value {
    .map([
      ("ma", Value(Address.encoded(name.id))), ("ten", Value(name.shown)),
      ("loi", .int(count(.error))), ("luu_y", .int(count(.warning))),
      ("san_sang", .bool(isReady)), ("tong_hop", .bool(file.isPlan)),
    ])
  }
}

extension PlacedProblem {
  /// Where one gets to it: the field, the record, or the list of all.
  func value(in language: Language, of file: OpenedFile) -> Value {
    var entries = problem.shown(in: language) + [("thieu", .bool(isOfNothing))]
    if let place, let section = file.form.section(place.type) {
      entries += [
        ("muc", Value(place.type)), ("ten_muc", Value(section.shortTitle)),
        ("ban_ghi", .int(place.record)), ("truong", Value(place.field ?? "")),
      ]
    }
    return .map(entries)
  }
}
