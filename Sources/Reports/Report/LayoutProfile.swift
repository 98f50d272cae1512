import Diagnostics
import Texts
import Markdown
import Records
import Templating
import Vietnamese

/// The form of a document as dated data: which layout draws it, and with what sizes.
struct LayoutProfile: Sendable {
  let name: String
  /// The layout's name: `nha-nuoc` for `layouts/nha-nuoc.html.jinja`.
  let layout: Text
  /// The rule that it follows, as a document cites it.
  let rule: String
  /// The profile's record, as templates see it.
  let record: ValueMap
  /// Tells whether its documents cite others as the reports of the same file do.
  let citesLikeOthers: Bool
  /// The page that its text files are typed on.
  let page: TextPage
  private let from: Text?
  private let until: Text?

  /// The same for what stands behind the signature.
  var annexPage: TextPage {
    TextPage(
      width: page.width, indent: page.indent, pictureLabel: page.pictureLabel, centered: .captions)
  }

  private static let form = RegisterForm(
    "layouts/the-thuc.rec",
    """
    %rec: the_thuc
    %mandatory: ten bo_cuc can_cu
    %allowed: tu_ngay den_ngay phong_chu phay_ngay luat_bo_so vien_dan_nhu_bao_cao
    %allowed: cot_dong cot_thut chu_anh chu_thich_giua
    %unique: ten bo_cuc tu_ngay den_ngay phay_ngay luat_bo_so vien_dan_nhu_bao_cao
    %unique: cot_dong cot_thut chu_anh chu_thich_giua
    %type: luat_bo_so,vien_dan_nhu_bao_cao,chu_thich_giua bool
    %type: cot_dong range 30 400
    %type: cot_thut range 0 15
    """)

  static func readAll(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [LayoutProfile] {
    guard let database = try folder.register(form, into: &problems) else { return [] }
    guard let set = database.recordSet(ofType: "the_thuc") else { return [] }
    let mappings = RecordMappings(optional: optionalKeys(set)) { name in
      (Key(name), name.isSpelled("luat_bo_so") ? .boolean : .text)
    }
    return set.records.compactMap { record in
      guard let name = record.field("ten")?.value.string,
        let layout = record.field("bo_cuc")?.value
      else { return nil }
      return LayoutProfile(
        name: name, layout: layout, rule: record.field("can_cu")?.value.string ?? "",
        record: mappings.map(record),
        citesLikeOthers: record.field("vien_dan_nhu_bao_cao")?.value.isYes ?? false,
        page: TextPage(record),
        from: record.field("tu_ngay")?.value, until: record.field("den_ngay")?.value)
    }
  }

  private static func optionalKeys(_ set: RecordSet) -> [Key] {
    // What is wrong with it was told as the register was read.
    var told: [Diagnostic] = []
    guard let descriptor = Descriptor(set, into: &told) else { return [] }
    return (descriptor.allowed ?? []).map { Key($0) }
  }

  /// The record with the forms of citations of another profile, where this one has none itself.
  func record(citingLike other: LayoutProfile?) -> ValueMap {
    guard citesLikeOthers, let other else { return record }
    var values = record.values
    for (index, key) in record.shape.keys.enumerated() where Self.citationKeys.contains(key) {
      values[index] = other.record[key] ?? .missing
    }
    return ValueMap(shape: record.shape, values: values, place: record.place)
  }

  private static let citationKeys = ["phay_ngay", "luat_bo_so"].map { Key($0) }

  /// The families of fonts, as CSS names them: the first that a machine has is taken.
  var fonts: String { record[LayoutProfile.fontsKey]?.asText?.string ?? "serif" }

  private static let fontsKey = Key("phong_chu")

  /// Those but for the last, which stands for whatever the machine has: one has to be there to print.
  var fontNames: [String] {
    let names = fonts.split(separator: ",").map { $0.drop { $0 == " " } }
    return names.filter { $0 != "serif" && $0 != "sans-serif" }.map(String.init)
  }

  /// The template of the pages of a layout in a form.
  static func template(of layout: String, _ format: String) -> String {
    "layouts/\(layout).\(format).jinja"
  }

  /// Tells whether a date, or one of the days that an open date may come to be, lies in its time.
  func isInForce(on date: Text) -> Bool {
    let days = CalendarDate(dayOf: date).map { $0...$0 } ?? OpenDate(date)?.days
    guard let days else { return true }
    let start = from.flatMap { CalendarDate(dayOf: $0) }
    let end = until.flatMap { CalendarDate(dayOf: $0) }
    return start.map { $0 <= days.upperBound } ?? true && end.map { days.lowerBound <= $0 } ?? true
  }

  /// Tells whether its time was over before a date.
  fileprivate func isOver(on date: Text) -> Bool {
    let days = CalendarDate(dayOf: date).map { $0...$0 } ?? OpenDate(date)?.days
    guard let days, let end = until.flatMap({ CalendarDate(dayOf: $0) }) else { return false }
    return end < days.lowerBound
  }

  /// Tells whether its record says since when it holds.
  var hasStart: Bool { from != nil }

  /// Tells whether it holds until today, as far as its record says.
  var hasNoEnd: Bool { until == nil }

  /// A warning where the document's date lies outside the profile's time.
  func check(date: Text) -> Diagnostic? {
    guard !isInForce(on: date) else { return nil }
    return Diagnostic(
      .report(.profileNotInForce(name, from: from?.string, until: until?.string)), at: date)
  }
}

extension Sequence<LayoutProfile> {
  /// The first that is in force on a date, or holds until today where none is given. No older profile
  /// is known of a document from before the time of all: it has that which comes next. Nil where the
  /// time of all is over.
  func profile(on date: Text?) -> LayoutProfile? {
    guard let date else { return first(where: \.hasNoEnd) }
    return first { $0.isInForce(on: date) } ?? first { !$0.isOver(on: date) }
  }
}

extension TextPage {
  /// The page that a profile's record describes.
  fileprivate init(_ record: Record) {
    func number(_ name: String) -> Int? { record.field(name).flatMap { Int($0.value.string) } }
    self.init(
      width: number("cot_dong") ?? TextPage.usualWidth, indent: number("cot_thut") ?? 0,
      pictureLabel: record.field("chu_anh")?.value.string ?? "",
      centered: record.field("chu_thich_giua")?.value.isYes ?? false ? .captions : .nothing)
  }
}

/// The fields of a document's head that say how it is laid out.
struct LayoutFields {
  /// `the_thuc`
  let profile: Text?
  /// `ngay_ban_hanh`, or else `ngay_dang`.
  let date: Text?

  /// Of a head that has ``names`` as its columns.
  init(_ head: TypedRecord) {
    func value(_ column: Int) -> Text? {
      let offsets = head.offsets(of: column)
      return offsets.count == 1 ? offsets.first.map { head.text(at: $0) } : nil
    }
    (profile, date) = (value(0), value(1) ?? value(2))
  }

  static let names = ["the_thuc", "ngay_ban_hanh", "ngay_dang"]

  /// Checks the profile that a document names; the schema's own complaint of a wrong name stands
  /// before one of ours.
  ///
  /// - Parameter chosen: the one that it has where it names none.
  func checkProfile(
    _ templates: TemplateCollection, orElse chosen: LayoutProfile?,
    _ problems: inout [Diagnostic]
  ) {
    guard let name = profile, !name.isEmpty else {
      if let warning = date.flatMap({ chosen?.check(date: $0) }) { problems.append(warning) }
      return
    }
    guard let profile = templates.profile(named: name) else {
      let wanted = name.string
      let isReported = problems.contains { $0.place?.range == name.range }
      let suggestion = nearest(to: wanted, among: templates.profiles.map(\.name))
      let problem = ReportProblem.unknownProfile(wanted, suggestion: suggestion)
      if !isReported { problems.append(Diagnostic(.report(problem), at: name)) }
      return
    }
    if let warning = date.flatMap({ profile.check(date: $0) }) { problems.append(warning) }
  }
}

extension TemplateCollection {
  func profile(named name: Text) -> LayoutProfile? {
    profiles.first { name.isSpelled($0.name) }
  }
}
