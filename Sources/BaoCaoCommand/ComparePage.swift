import Archives
import Diagnostics
import Reports
import Templating

/// The page of `baocao compare`, made by a template like any other.
extension FoundDifferences {
  private static let template = "layouts/so-sanh.html.jinja"

  func writePage(
    to path: String, overwrites: Bool, _ templates: TemplateOptions
  ) throws(Problems) {
    let collection = try templates.collection(undefined: .strict)
    guard let page = try collection.page(Self.template, variables) else {
      throw Problems([
        Diagnostic(.source(.cannotOpen(path: Self.template, reason: .notFound)), at: nil)
      ])
    }
    try Problems.collecting { () throws(Diagnostic) in
      try Files.output(page, to: path, isNew: !overwrites)
    }
  }

  private var variables: ValueMap {
    var room = Self.shown
    var groups: [Value] = []
    for file in files where !isOfFolders || !file.isSameBytes {
      let differences = file.differences.prefix(room)
      room -= differences.count
      let group = ValueMap([
        (Key("ten"), Value(isOfFolders ? file.path.printed : "")),
        (Key("ket_luan"), Value(conclusion(of: file))),
        (Key("cho"), .list(differences.map(\.value))),
      ])
      groups.append(.map(group))
    }
    return ValueMap([
      (Key("cu"), Value(old.printed)), (Key("moi"), Value(new.printed)),
      (Key("tieng_anh"), .bool(Messages.language == .english)),
      (Key("tom_tat"), Value(summary)), (Key("con_lai"), Value(rest ?? "")),
      (Key("nhom"), .list(groups)),
    ])
  }
}

extension Difference {
  fileprivate var value: Value {
    let parts = [
      ("noi", place(in: Messages.language)), ("truong", field), ("truoc", before), ("sau", after),
      ("cu", old), ("moi", new),
    ]
    return .map(ValueMap(parts.map { (Key($0.0), Value($0.1.printed)) }))
  }
}
