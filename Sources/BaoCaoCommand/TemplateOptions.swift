import ArgumentParser
import Diagnostics
import Reports
import Templating

/// Finds the templates: `--templates`, else `BAOCAO_TEMPLATES`, else `Templates` of this
/// folder or one above it, else `share/baocao/Templates` beside the installed program.
struct TemplateOptions: ParsableArguments {
  @Option(
    name: .customLong("templates"),
    help: .text(
      "Thư mục mẫu.",
      "The folder of templates.",
      value: ("thư mục", "folder")))
  var folder: String?

  /// The folder that is read; nil where none is found.
  var used: String? { folder ?? TemplateSearch.found }

  func collection(undefined: UndefinedPolicy) throws(Problems) -> TemplateCollection {
    try TemplateSearch.collection(folder, undefined: undefined)
  }

  /// The same for a command that also works without templates.
  func collectionIfAny(undefined: UndefinedPolicy) throws(Problems) -> TemplateCollection? {
    if used == nil { return nil }
    return try collection(undefined: undefined)
  }
}
