import Diagnostics
import Records

extension DataFile {
  /// Labels that fit two fields of their record: which one is meant is not for a program to say.
  func ambiguousLabels(_ templates: TemplateCollection) -> [Diagnostic] {
    // The reader takes note of each label.
    guard !database.irregularities.isEmpty else { return [] }
    var formatting = Formatting(templates)
    return (try? formatting.ambiguousLabels(of: database)) ?? []
  }
}
