import Diagnostics
import Markdown
import Records
import Reports
import Texts
import Vietnamese

/// The build record of a document, `phieu-dung.rec`: what it was made of, with what, and what came of it.
struct BuildRecord: Sendable {
  static let type = "phieu_dung"
  static let inputType = "dau_vao"
  static let outputType = "ket_qua"
  static let descriptionType = "mo_ta"
  static let dayField = "ngay"
  /// Raised when a later version of the program has to read records of earlier ones otherwise.
  static let format = "1"

  let document: String
  let dataFile: String
  let making: Making

  /// Writes the record of a document.
  ///
  /// - Parameters:
  ///   - files: those of its bag, below `data/`.
  ///   - day: `2026-07-02`, the day of sealing or of the document; nil where neither is known.
  static func text(
    of document: SealedDocument, _ files: [BagDraft.File], day: String?, _ codes: ArchiveCodes
  ) -> [UInt8] {
    var writer = Writer()
    writer.writeComment("# Phiếu dựng: văn bản này lập từ gì, bằng gì, ra những tệp nào.")
    writer.endBlock()
    writer.writeField("%rec", type)
    writer.endBlock()
    let making = document.making
    writer.writeField("van_ban", document.description.name)
    writer.writeField("tep", document.data.path)
    writer.writeField("lenh", "baocao seal \(document.data.path) \(making.options)")
    for format in making.formats { writer.writeField("dang", format.rawValue) }
    if making.isArchived { writer.writeField("pdf_a", "yes") }
    if making.isTwoSided { writer.writeField("hai_mat", "yes") }
    writer.writeField("dinh_dang", format)
    writer.writeField("chuong_trinh", ProgramVersion.text)
    writer.writeField("libcmark", Document.libraryVersion)
    if let engine = making.engine { writer.writeField("may_in", engine) }
    if let day { writer.writeField(dayField, day) }
    for (type, isOf) in [
      (inputType, { (path: String) in !path.hasPrefix(BagPath.outputs) }),
      (outputType, { (path: String) in path.hasPrefix(BagPath.outputs) }),
    ] {
      writer.endBlock()
      writer.writeField("%rec", type)
      for file in files where isOf(file.path) {
        writer.endBlock()
        writer.writeField("tep", file.path)
        writer.writeField("co", String(file.size))
        writer.writeField("sha256", file.sum.string)
      }
    }
    writer.endBlock()
    writer.writeField("%rec", descriptionType)
    writer.endBlock()
    for (name, value) in codes.description(of: document) { writer.writeField(name, value) }
    return writer.bytes
  }

  /// Reads how the document was made, nil where the record does not say it.
  init?(reading bytes: [UInt8]) {
    var ignored: [Diagnostic] = []
    let database = Database.read(Source(name: BagPath.buildRecord, bytes: bytes), into: &ignored)
    guard let record = database.records(ofType: Self.type).first,
      let document = record.field("van_ban")?.value.string,
      let dataFile = record.field("tep")?.value.string, BagPath.isSafe(dataFile)
    else { return nil }
    let formats = record.values("dang").compactMap { Format(rawValue: $0.string) }
    guard !formats.isEmpty, formats.count == record.values("dang").count else { return nil }
    (self.document, self.dataFile) = (document, dataFile)
    making = Making(
      formats: formats, isArchived: record.field("pdf_a") != nil,
      isTwoSided: record.field("hai_mat") != nil,
      engine: record.field("may_in")?.value.string)
  }
}

/// The version of this program, as build records name it.
public enum ProgramVersion {
  public static let number = "1.0"
  static let program = "BaoCao"
  static let text = "\(program) \(number)"
}

extension CalendarDate {
  /// `2026-07-02`
  var iso: String {
    func padded(_ number: Int, _ length: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
