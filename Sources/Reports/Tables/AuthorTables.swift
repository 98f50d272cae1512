import Diagnostics
import Records
import Texts

/// The tables of the author's own in a data file, by their codes; sheets that sections name without
/// more, by their paths.
struct AuthorTables: Sendable {
  private var tables: [String: AuthorTable] = [:]

  subscript(name: Text) -> AuthorTable? { tables[name.string] }

  var isEmpty: Bool { tables.isEmpty }

  /// The sheets that rows come from.
  var sheets: [Source] { tables.keys.sorted().compactMap { tables[$0]?.sheet } }

  static let none = AuthorTables()
}

extension DataFile {
  /// Reads the tables of the file, and checks the codes of its tables, annexes and sections.
  func authorTables(_ schema: Schema, _ problems: inout [Diagnostic]) -> AuthorTables {
    guard BodyParts.codedTypes.contains(where: { database.recordSet(ofType: $0) != nil }) else {
      return .none
    }
    var tables = AuthorTables()
    let records = database.records(ofType: "bang")
    for record in records { tables.add(record, in: self, schema, &problems) }
    for record in database.records(ofType: "phan") {
      for name in record.values("bang") {
        if tables[name] != nil || records.contains(where: { $0.field("ma")?.value == name }) {
          continue
        }
        if TableSource.isSheetName(name.string) {
          tables.add(name, in: folder, &problems)
        } else {
          let known = records.compactMap { $0.field("ma")?.value.string }
          let problem = TableProblem.unknownTable(
            name.string, suggestion: nearest(to: name.string, among: known), known: known)
          problems.append(Diagnostic(.table(problem), at: name))
        }
      }
    }
    problems += placeProblems
    return tables
  }

  /// The problems of the codes by which tables, annexes and sections are found.
  private var placeProblems: [Diagnostic] {
    var problems: [Diagnostic] = []
    var codes: [Text: (place: Text, type: String)] = [:]
    for type in BodyParts.codedTypes {
      for record in database.records(ofType: type) {
        guard let code = record.field("ma")?.value, !code.isEmpty else { continue }
        if let first = codes[code] {
          // Those of one type are told by the schema.
          if first.type == type { continue }
          problems.append(
            Diagnostic(
              .table(.repeatedCode(code.string)), at: code,
              notes: [Diagnostic.Note(.firstHere, at: first.place)]))
        } else {
          codes[code] = (code, type)
        }
      }
    }
    let places = ["phan", "phu_luc"].flatMap { type in
      database.records(ofType: type).compactMap { $0.field("ma")?.value }
    }
    for record in database.records(ofType: "bang") {
      guard let place = record.field("duoi")?.value, !places.contains(place) else { continue }
      let known = places.map(\.string)
      let problem = TableProblem.unknownPlace(
        place.string, suggestion: nearest(to: place.string, among: known), known: known)
      problems.append(Diagnostic(.table(problem), at: place))
    }
    return problems + emptyAnnexes
  }

  /// The problems of annexes without a paragraph, a section and a table.
  private var emptyAnnexes: [Diagnostic] {
    let filled = Set(
      database.records(ofType: "phan").flatMap { $0.values("phu_luc") }
        + database.records(ofType: "bang").flatMap { $0.values("duoi") })
    return database.records(ofType: "phu_luc").compactMap { record in
      guard let code = record.field("ma")?.value, !code.isEmpty, !filled.contains(code),
        record.values("doan").allSatisfy(\.isBlank)
      else { return nil }
      return Diagnostic(.table(.emptyAnnex(code.string)), at: code)
    }
  }
}

extension AuthorTables {
  fileprivate mutating func add(
    _ record: Record, in file: DataFile, _ schema: Schema, _ problems: inout [Diagnostic]
  ) {
    guard let code = record.field("ma")?.value, !code.isEmpty, tables[code.string] == nil else {
      return
    }
    let form = TableForm(record, &problems)
    let (type, path) = (record.field("hang")?.value, record.field("tep")?.value)
    if type == nil, path == nil {
      problems.append(Diagnostic(.table(.noRows(code.string)), at: code))
    } else if type != nil, let path {
      problems.append(Diagnostic(.table(.twoSources(code.string)), at: path))
    } else {
      do throws(Problems) {
        var source = TableSource(at: code)
        if let type {
          source = try Problems.collecting { () throws(Diagnostic) in
            try .records(ofType: type, in: file.database, schema)
          }
        } else if let path {
          let heads = record.field("dau")?.value.isSpelled("2") ?? false ? 2 : 1
          source = try .sheet(path, heads: heads, in: file.folder)
        }
        let builder = TableBuilder(source, form)
        problems += builder.problems
        let counts = !(record.field("tt")?.value.isSpelled("khong") ?? false)
        tables[code.string] = AuthorTable(
          value: builder.value(record, counts: counts), sheet: source.sheet)
      } catch {
        problems += error.diagnostics
      }
    }
  }

  fileprivate mutating func add(
    _ path: Text, in folder: String, _ problems: inout [Diagnostic]
  ) {
    do throws(Problems) {
      let source = try TableSource.sheet(path, heads: 1, in: folder)
      let builder = TableBuilder(source, nil)
      problems += builder.problems
      tables[path.string] = AuthorTable(
        value: builder.value(nil, counts: true), sheet: source.sheet)
    } catch {
      problems += error.diagnostics
    }
  }
}

extension TableSource {
  /// The sheet that its cells stand in; nil for rows that are records.
  fileprivate var sheet: Source? {
    rows.lazy.flatMap { $0 }.compactMap(\.self).first.flatMap { cell in
      cell.place.source.cells == nil ? nil : cell.place.source
    }
  }
}

extension Database {
  /// The record types whose records are rows of tables; a schema need not know them.
  var tableRowTypes: Set<String> {
    Set(records(ofType: "bang").compactMap { $0.field("hang")?.value.string })
  }
}
