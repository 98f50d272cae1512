import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The form of a document as dated data: which layout draws it, and with what sizes.
struct LayoutProfile: Sendable {
  let name: String
  /// The layout's name: `nha-nuoc` for `layouts/nha-nuoc.html.jinja`.
  let layout: Text
  /// The profile's record, as templates see it.
  let record: ValueMap
  private let from: Text?
  private let until: Text?

  static let file = "layouts/the-thuc.rec"

  static func readAll(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [LayoutProfile] {
    guard let source = try folder.source(named: file) else { return [] }
    let database = Database.read(source, into: &problems)
    guard let set = database.recordSet(ofType: "the_thuc") else { return [] }
    var values = RecordValues(optional: optionalKeys(set, into: &problems)) { name in
      name.text.string == "luat_bo_so" ? .boolean : .text
    }
    return set.records.compactMap { record in
      guard let name = record.field("ten")?.value.string,
        let layout = record.field("bo_cuc")?.value
      else { return nil }
      return LayoutProfile(
        name: name, layout: layout, record: values.map(record),
        from: record.field("tu_ngay")?.value, until: record.field("den_ngay")?.value)
    }
  }

  private static func optionalKeys(
    _ set: RecordSet, into problems: inout [Diagnostic]
  ) -> [Key] {
    guard let descriptor = Descriptor(set, into: &problems) else { return [] }
    return (descriptor.allowed ?? []).map { Key($0) }
  }

  func template(_ format: String) -> String { "layouts/\(layout.string).\(format).jinja" }

  private func readDay(_ date: Text) -> CalendarDate? {
    date.withBytes { CalendarDate(plain: $0) } ?? (try? calendarDate(date))
  }

  /// A warning where the document's date lies outside the profile's time.
  func check(date: Text) -> Diagnostic? {
    guard let day = readDay(date) else { return nil }
    let start = from.flatMap(readDay)
    let end = until.flatMap(readDay)
    let isEarly = start.map { day < $0 } ?? false
    let isLate = end.map { $0 < day } ?? false
    guard isEarly || isLate else { return nil }
    return Diagnostic(
      .report(.profileNotInForce(name, from: from?.string, until: until?.string)), at: date)
  }
}
