import ArgumentParser
import Diagnostics
import Reports

struct Kinds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Liệt kê các mẫu văn bản.",
      "List the kinds of documents."))

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    let kinds = try templates.collection(undefined: .strict).allKinds()
    let width = kinds.map(\.name.count).max() ?? 0
    for kind in kinds {
      let padding = String(repeating: " ", count: width - kind.name.count)
      try Messages.print("\(kind.name)\(padding)  \(kind.title.string)")
    }
  }
}
