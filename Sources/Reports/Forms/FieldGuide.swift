import Diagnostics
import Records
import Texts
import Vietnamese

/// The guide for office staff: the page of the template folder, and the fields of document kinds as
/// their schemas have them.
struct FieldGuide {
  private(set) var text = ""

  /// Appends the fields of a kind, a list for each record type.
  mutating func append(_ kind: DocumentKind, into problems: inout [Diagnostic]) {
    text += "## \(kind.title.string) (`\(kind.name)`)\n"
    for type in Schema(kind.descriptors, own: [], into: &problems).types {
      let descriptors = kind.descriptors.filter { $0.type == type.name }
      text += "\n### `\(type.name.string)`\n\n"
      if let doc = descriptors.compactMap({ $0.doc.first?.string }).first {
        text += doc.split { $0.isNewline }.joined(separator: " ") + "\n\n"
      }
      let isHead = type.name.isSpelled(Schema.documentType)
      let told = isHead ? type.headFieldsToldElsewhere : []
      for rule in type.shownFields { append(rule, isTold: told.contains(rule.name.string)) }
    }
    text += "\n"
  }

  /// - Parameter isTold: whether other fields tell the same, so that it may be left out.
  private mutating func append(_ rule: FieldRule, isTold: Bool) {
    let need = rule.isNeeded(told: isTold ? [rule.name.string] : []) ? "bắt buộc" : "nếu có"
    text +=
      "- `\(rule.name.string)` (\(need)\(rule.isRepeatable ? ", viết được nhiều dòng" : "")): "
    text += rule.label?.string ?? rule.name.string
    text += FieldGuide.details(of: rule).map { ". " + $0 }.joined() + "\n"
  }

  /// The example, the unit, the values and the help of a field, as a form explains it.
  static func details(of rule: FieldRule) -> [String] {
    var details: [String] = []
    if let example = rule.example?.string { details.append("Ví dụ: \(example)") }
    if let unit = rule.unit?.string { details.append("Đơn vị: \(unit)") }
    if case .enumeration(let words)? = rule.type, words.count > 1 {
      let isSaid = words.allSatisfy { rule.help?.string.contains($0.string) ?? false }
      let list = words.map(\.string).joined(separator: ", ")
      details.append(isSaid ? "Chọn một từ không dấu" : "Chọn một: " + list)
    }
    if let help = rule.help?.string { details.append(help) }
    return details
  }
}

extension TemplateCollection {
  private static let guideFile = "huong-dan.md"

  /// The guide for office staff with the fields of all kinds, or the fields of some kinds alone.
  ///
  /// - Throws: unknown kinds, each with the likeliest one; what is wrong with the schemas.
  public func guide(to names: [String]) throws(Problems) -> [UInt8] {
    var guide = FieldGuide()
    var problems: [Diagnostic] = []
    let kinds = names.isEmpty ? try allKinds() : try self.kinds(named: names)
    for kind in kinds { guide.append(kind, into: &problems) }
    try problems.throwIfErrors()
    let page = try Problems.collecting { () throws(Diagnostic) in
      names.isEmpty ? try folder.source(named: Self.guideFile)?.bytes ?? [] : []
    }
    return page + (page.isEmpty ? [] : [UInt8(ascii: "\n")]) + Array(guide.text.utf8)
  }

  /// The kinds of some names, each once.
  ///
  /// - Throws: unknown kinds, each with the likeliest one; what is wrong with the schemas.
  func kinds(named names: [String]) throws(Problems) -> [DocumentKind] {
    var kinds: [DocumentKind] = []
    var problems: [Diagnostic] = []
    for name in names where !kinds.contains(where: { $0.name == name }) {
      if let kind = try kind(named: name) {
        kinds.append(kind)
      } else {
        let plain = withoutMarks(name.lowercased()).replacing(" ", with: "-")
        let suggestion = nearest(to: plain, among: kindNames)
        let problem = ReportProblem.unknownKind(name, suggestion: suggestion, known: kindNames)
        problems.append(Diagnostic(.report(problem), at: nil))
      }
    }
    try problems.throwIfErrors()
    return kinds
  }
}
