import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// What the index has of a document: its head, and the prose of the data file that it is made of.
struct DocumentRow: Sendable {
  /// The columns in the order of the index.
  enum Column: Int, CaseIterable {
    case kind, issuer, number, period, people, day, subject, prose

    var name: String {
      switch self {
      case .kind: "mau"
      case .issuer: "co_quan"
      case .number: "so"
      case .period: "ky"
      case .people: "nguoi"
      case .day: "ngay"
      case .subject: "trich_yeu"
      case .prose: "noi_dung"
      }
    }

    /// How much more a word counts here than in the prose.
    var weight: Double {
      switch self {
      case .prose, .day: 1
      case .kind, .period: 3
      case .issuer, .people: 4
      case .number, .subject: 8
      }
    }
  }

  /// The text of each column; each value is a line. The first line and the last are empty, so that a
  /// whole value can be asked for: it stands between two ends of lines.
  private(set) var texts: [[UInt8]] = Column.allCases.map { _ in [10] }
  /// The name that the document's files have: `so-ket`, and of a second one `so-ket-2`.
  let name: String

  subscript(column: Column) -> [UInt8] { texts[column.rawValue] }

  private mutating func add(_ value: some Sequence<UInt8>, to column: Column) {
    texts[column.rawValue] += value
    texts[column.rawValue].append(UInt8(ascii: "\n"))
  }
}

extension DocumentRow {
  /// The documents that a data file asks for. What is no rec in it is left out.
  static func rows(name: String, bytes: [UInt8]) throws(Diagnostic) -> [DocumentRow] {
    let source = try Source.readingOn(name: name, bytes: bytes).source
    var ignored: [Diagnostic] = []
    let database = Records.Database.read(source, into: &ignored)
    let documents = database.records(ofType: FieldNames.documentType)
    var count: [String: Int] = [:]
    return documents.map { document in
      let kind = document.field(FieldNames.kind)?.value.string ?? ""
      count[kind, default: 0] += 1
      return DocumentRow(document, kind, number: count[kind] ?? 1, in: database)
    }
  }

  private init(_ document: Record, _ kind: String, number: Int, in database: Records.Database) {
    name = number == 1 ? kind : "\(kind)-\(number)"
    add(kind.utf8, to: .kind)
    if let sign = DocumentRow.sign(of: document) { add(sign.utf8, to: .number) }
    // The body that issues it comes before the one above, as it is the one that is shown.
    for issuer in document.values(FieldNames.issuer) { add(issuer.bytes, to: .issuer) }
    for field in document.fields { add(headField: field) }
    for set in database.recordSets
    where set.type.map({ !$0.isSpelled(FieldNames.documentType) }) ?? true {
      let isMatter = set.type?.isSpelled(FieldNames.matterType) ?? false
      for record in set.records where DocumentRow.isPrinted(record, in: [kind, name]) {
        for field in record.fields { add(field, isMatter: isMatter) }
      }
    }
  }

  /// Tells whether a record is not kept for other documents of the file alone.
  private static func isPrinted(_ record: Record, in names: [String]) -> Bool {
    let wanted = record.values(FieldNames.only)
    return wanted.isEmpty || wanted.contains { name in names.contains { name.isSpelled($0) } }
  }

  private mutating func add(headField field: Field) {
    switch field.name.string {
    case FieldNames.kind, FieldNames.number, FieldNames.sign, FieldNames.profile,
      FieldNames.issuer:
      break
    case "co_quan_chu_quan": add(field.value.bytes, to: .issuer)
    case "ngay_ban_hanh", "ngay_dang": add(field.value.bytes, to: .day)
    case "trich_yeu", "tieu_de": add(field.value.bytes, to: .subject)
    default: add(field, isMatter: true)
    }
  }

  /// - Parameter isMatter: whether the field is of the document itself or of what its file is about,
  ///   whose body and period are the document's.
  private mutating func add(_ field: Field, isMatter: Bool) {
    let (name, value) = (field.name.string, field.value.bytes)
    if FieldNames.isOfPerson(name) {
      add(value, to: .people)
    } else if isMatter, name == FieldNames.period {
      add(value, to: .period)
      let written = DocumentRow.written(period: field.value)
      if let written, Array(written.utf8) != Array(value) { add(written.utf8, to: .period) }
    } else if isMatter, name == "co_quan" {
      add(value, to: .issuer)
    } else if !DocumentRow.isCode(value) {
      add(value, to: .prose)
    }
  }

  /// A period as documents write it; nil for what is none.
  static func written(period text: Text) -> String? { try? Period(text).written }

  /// Number and sign as the document shows them: `05/BC-UBND`, `12-BC/ĐU`.
  private static func sign(of document: Record) -> String? {
    let sign = document.field(FieldNames.sign)?.value.string
    let number = document.field(FieldNames.number)?.value.string
    guard number != nil || sign != nil else { return nil }
    let padded = number.map { $0.utf8.count == 1 ? "0" + $0 : $0 } ?? "……"
    guard let sign else { return padded }
    // The Party's signs have their slash before the body.
    return padded + (sign.contains("/") ? "-" : "/") + sign
  }

  /// Tells whether a value is a name that only the program uses, as `xa_phuong`.
  private static func isCode(_ value: some Collection<UInt8>) -> Bool {
    var (hasLetter, hasJoint) = (false, false)
    for byte in value {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLetter = true
      case UInt8(ascii: "_"), UInt8(ascii: "-"): hasJoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      default: return false
      }
    }
    return hasLetter && hasJoint
  }
}

/// The types and fields of data files that have a column of their own.
private enum FieldNames {
  static let documentType = "van_ban"
  static let matterType = "su_viec"
  static let kind = "mau"
  static let profile = "the_thuc"
  static let number = "so"
  static let sign = "ky_hieu"
  static let issuer = "co_quan_ban_hanh"
  static let period = "ky"
  /// Names the documents of the file in which alone a record is printed.
  static let only = "trong"

  static func isOfPerson(_ name: String) -> Bool {
    ["ho_ten", "tac_gia", "chu_tri"].contains(name) || name.hasPrefix("nguoi_")
  }
}
