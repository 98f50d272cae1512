import Diagnostics
import Records
import Texts

/// Kinds of places, and the places whose names hold their kind: the register `so-bo/dia-danh.rec`.
struct PlaceRegister: Sendable {
  private(set) var kinds: [Phrase] = []
  private(set) var wholeNames: Set<Text> = []
  /// Those of them that are written shorter, by the short form.
  private(set) var fullNames: [Text: String] = [:]

  static let file = "so-bo/dia-danh.rec"

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> PlaceRegister {
    var register = PlaceRegister()
    guard let database = try folder.register(named: file, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "loai_noi") {
      register.kinds += record.values("ten").map(Phrase.init)
    }
    for record in database.records(ofType: "ten_du") {
      register.wholeNames.formUnion(record.values("ten"))
      for short in record.values("viet_tat") {
        register.fullNames[short] = record.values("ten").first?.string
      }
    }
    return register
  }
}
