import Diagnostics
import Records

extension DataFile {
  /// Labels that fit two fields of their record: which one is meant is not for a program to say.
  func ambiguousLabels(_ templates: TemplateCollection) -> [Diagnostic] {
    let hasLabels = database.recordSets.contains { set in
      set.records.contains { record in record.fields.contains { !$0.isCanonicalName } }
    }
    var formatting = Formatting(templates)
    return hasLabels ? (try? formatting.ambiguousLabels(of: database)) ?? [] : []
  }
}
