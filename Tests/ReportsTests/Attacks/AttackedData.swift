import CaseFiles
import Diagnostics
import Foundation
import Records
import Reports
import Texts

/// A field that the schemas declare.
struct DeclaredField {
  /// Its place among all.
  let number: Int
  let type: String
  let name: String
  /// The name of its type of values; nil for text.
  let valueType: String?
  let example: String?
  let isProse: Bool
  let isKey: Bool

  /// Whether any text may stand in it. Codes point to other records, files or registers, and signers to
  /// the document that they sign.
  var isText: Bool {
    valueType == nil && !isKey && !isProse && !DeclaredField.codes.contains(name)
      && !(type == "nguoi_ky" && name == "trong")
  }

  private static let codes: Set = [
    "mau", "che_do_bao_cao", "thuoc", "gom", "tu_so", "mau_so", "tap_tin",
  ]
}

/// The fields that all kinds together declare, read from their schema files as a program of another
/// maker would read them.
struct DeclaredFields {
  private(set) var all: [DeclaredField] = []
  /// The fields of a document's head and signature that each kind has.
  private var heads: [String: Set<Substring>] = [:]

  init(templates: String) throws {
    let kinds = try Files.names(in: templates).filter { Files.exists("\(templates)/\($0)/mau.rec") }
    try read("\(templates)/khung/chung.rec", ofKind: "")
    for kind in kinds { try read("\(templates)/\(kind)/mau.rec", ofKind: kind) }
  }

  private mutating func read(_ path: String, ofKind kind: String) throws {
    var problems: [Diagnostic] = []
    let source = Source(name: path, bytes: try Files.read(path))
    for set in Database.read(source, into: &problems).recordSets {
      guard let type = set.type?.string, type != "kieu", type != "mau" else { continue }
      let prose = set.descriptorRecord?.field("markdown")?.value.string ?? ""
      if type == "van_ban" {
        let lists = set.descriptorRecord?.fields.filter { $0.name.string != "giu_lai" } ?? []
        heads[kind] = Set(lists.flatMap { $0.value.string.split(separator: " ") })
        heads[kind]?.formUnion(set.records.compactMap { $0.field("truong")?.value.string[...] })
      }
      for block in set.records { add(block, type, prose: prose.split(separator: " ")) }
    }
  }

  private mutating func add(_ block: Record, _ type: String, prose: [Substring]) {
    func value(_ name: String) -> String? { block.field(name)?.value.string }
    guard let name = value("truong"), value("nhan") != nil, self[type, name] == nil else { return }
    let valueType = value("kieu")
    let words = valueType?.split(separator: " ") ?? []
    all.append(
      DeclaredField(
        number: all.count, type: type, name: name, valueType: valueType,
        example: value("vi_du") ?? (words.first == "enum" ? words.last.map(String.init) : nil),
        isProse: prose.contains(name[...]), isKey: value("khoa") != nil))
  }

  subscript(type: String, name: String) -> DeclaredField? {
    all.first { $0.type == type && $0.name == name }
  }

  /// Whether a record may have a field that it lacks.
  func allows(_ field: DeclaredField, in record: Record) -> Bool {
    guard field.type == "van_ban" else { return true }
    return heads[record.field("mau")?.value.string ?? ""]?.contains(field.name[...]) ?? false
  }

  subscript(type: String) -> [DeclaredField] { all.filter { $0.type == type } }

  var types: [String] {
    var seen: Set<String> = []
    return all.map(\.type).filter { seen.insert($0).inserted }
  }
}

/// A shipped data file in which other values stand in the place of its own.
struct AttackedFile {
  let path: String
  let declared: DeclaredFields
  private let database: Database

  init(_ path: String, _ declared: DeclaredFields) throws {
    var problems: [Diagnostic] = []
    (self.path, self.declared) = (path, declared)
    database = Database.read(Source(name: path, bytes: try Files.read(path)), into: &problems)
  }

  /// The file's text.
  ///
  /// - Parameters:
  ///   - isFull: whether the texts that the file leaves out, and records of the types that it does not
  ///     have, are added.
  ///   - value: gives the value of a field in the record of a number; nil for its own.
  func written(isFull: Bool, _ value: (DeclaredField, Int) -> String?) -> [UInt8] {
    var writer = Writer()
    var number = 0
    for set in database.recordSets {
      if let descriptor = set.descriptorRecord {
        writer.write(descriptor) { _ in nil }
        writer.endBlock()
      }
      let declared = declared[set.type?.string ?? ""]
      for record in set.records {
        number += 1
        writer.write(record) { name in
          declared.first { $0.name == name }.flatMap { value($0, number) }
        }
        let names = record.fields.map(\.name.string)
        for field in isFull ? declared : [] where field.isText && !names.contains(field.name) {
          guard self.declared.allows(field, in: record) else { continue }
          if let value = value(field, number) { writer.writeField(field.name, value) }
        }
        writer.endBlock()
      }
    }
    if isFull { addTypes(to: &writer) { value($0, number + 1) } }
    return writer.bytes
  }

  /// What `baocao collect` makes of other files, and no file can have a part of.
  private static let collected: Set = [
    "bang_don_vi", "bang_cung_ky", "bang_tang_giam", "cot_bang",
  ]

  private func addTypes(to writer: inout Writer, _ value: (DeclaredField) -> String?) {
    for type in declared.types where database.recordSet(ofType: type) == nil {
      guard !AttackedFile.collected.contains(type) else { continue }
      writer.writeField("%rec", type)
      writer.endBlock()
      for field in declared[type] {
        guard let value = field.isText ? value(field) : field.example else { continue }
        writer.writeField(field.name, value)
      }
      writer.endBlock()
    }
  }
}

extension Writer {
  /// Writes a record without its end, each field with the value that `change` gives by its name.
  fileprivate mutating func write(_ record: Record, _ change: (String) -> String?) {
    for field in record.fields {
      if let value = change(field.name.string) {
        writeField(field.name.string, value)
      } else {
        writeField(name: field.name.bytes, value: field.value.bytes)
      }
    }
  }
}
