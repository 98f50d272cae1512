import Diagnostics
import Records
import Texts

/// Kinds of places, and the places whose names hold their kind: the register `so-bo/dia-danh.rec`.
struct PlaceRegister: Sendable {
  private(set) var kinds: [Phrase] = []
  /// The first words of these.
  private(set) var kindStarts = WordFilter()
  private(set) var wholeNames: Set<Text> = []
  /// Those of them that are written shorter, by the short form.
  private(set) var fullNames: [Text: String] = [:]

  private static let form = RegisterForm(
    "so-bo/dia-danh.rec",
    """
    %rec: loai_noi
    %mandatory: ten

    %rec: ten_du
    %mandatory: ten
    %allowed: viet_tat
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> PlaceRegister {
    var register = PlaceRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "loai_noi") {
      for name in record.values("ten") {
        register.kinds.append(Phrase(name))
        register.kindStarts.insert(firstWordOf: name)
      }
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
