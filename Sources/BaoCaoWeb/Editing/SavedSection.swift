import Diagnostics
import Foundation
import Hummingbird
import Reports

/// What became of a form that was sent: the file as it is now, and what two people wrote differently.
struct SavedSection: Sendable {
  let opened: OpenedFile
  let conflicts: [EditConflict]
  /// Where the records of the form are in the file, by their names in the form.
  let places: [String: Int]
  /// What the file has otherwise than it was sent; nil where its records are others than those.
  let changes: [FieldChange]?

  /// The answer for the script of a page.
  func answer(in language: Language) throws -> Response {
    let problems = opened.problems.map { SavedProblem($0, in: language) }
    let conflicts = conflicts.map { conflict in
      SavedConflict(
        ban_ghi: conflict.place.record, truong: conflict.place.field ?? "",
        toi: conflict.mine, ho: conflict.theirs, mat: conflict.isGone)
    }
    var counts: [String: [Int]] = [:]
    for section in opened.form.sections {
      counts[section.type] = [
        section.records.count, opened.count(.error, in: section.type),
        opened.count(.warning, in: section.type),
      ]
    }
    return try Response.json(
      SavedFile(
        goc: opened.state.sum.text, loi: opened.count(.error), luu_y: opened.count(.warning),
        muc: counts, nguon: places, doi: changes?.map(SavedChange.init), van_de: problems,
        xung_dot: conflicts,
        van_ban: opened.documents.map(\.name)))
  }
}

/// The file after saving, as the script reads it. The names are those of the form's fields.
private struct SavedFile: Encodable {
  /// The sum of the file now, which the next form says it was made of.
  let goc: String
  let loi: Int
  let luu_y: Int
  /// By type: the records, errors and warnings there are.
  let muc: [String: [Int]]
  /// Where the records of the form are in the file, by their names in the form.
  let nguon: [String: Int]
  /// What the file has otherwise than it was sent; without it the form has to be fetched anew before it may
  /// say that it was made of the file as it is.
  let doi: [SavedChange]?
  let van_de: [SavedProblem]
  let xung_dot: [SavedConflict]
  let van_ban: [String]
}

private struct SavedProblem: Encodable {
  let ma: String
  let nang: Bool
  let thieu: Bool
  let cau: String
  let goi_y: String
  let muc: String?
  let ban_ghi: Int?
  let truong: String?

  init(_ placed: PlacedProblem, in language: Language) {
    ma = placed.problem.kind.code
    nang = placed.problem.severity == .error
    thieu = placed.isOfNothing
    cau = placed.problem.sentence(in: language)
    goi_y = placed.problem.hint(in: language)
    muc = placed.place?.type
    ban_ghi = placed.place?.record
    truong = placed.place?.field
  }
}

private struct SavedConflict: Encodable {
  let ban_ghi: Int
  let truong: String
  let toi: [String]
  let ho: [String]
  /// Whether the record is gone.
  let mat: Bool
}

private struct SavedChange: Encodable {
  let ban_ghi: Int
  let truong: String
  let gia_tri: [String]

  init(_ change: FieldChange) {
    (ban_ghi, truong, gia_tri) = (change.record, change.field, change.values)
  }
}

extension Response {
  /// An answer for a script.
  static func json(_ value: some Encodable) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(Array(try encoder.encode(value)), as: "application/json")
  }
}
