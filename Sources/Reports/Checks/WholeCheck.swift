import Diagnostics
import Glibc
import Templating

extension SyllableDictionary {
  /// The dictionary of hunspell-vi where it is installed; `BAOCAO_TU_DIEN` names another file, or
  /// none. Without one that can be read the syllables are not checked.
  public static func ofEnvironment(into problems: inout [Diagnostic]) -> SyllableDictionary? {
    do throws(Diagnostic) {
      guard let path = getenv("BAOCAO_TU_DIEN").map({ String(cString: $0) }) else {
        return try SyllableDictionary.installed()
      }
      return path.isEmpty ? nil : try SyllableDictionary(path: path)
    } catch {
      problems.append(error)
      return nil
    }
  }
}

/// All that `baocao check` tells of a data file: the problems of the data, the schema and the templates,
/// and of the wording; and where these are right, those of filling the templates with the data.
public struct WholeCheck: Sendable {
  /// The file after its check; nil for one that asks for no document.
  public let checked: CheckedFile?
  /// In the order of the file.
  public let problems: [Diagnostic]
  /// Whether the documents could be made of what looked right.
  public let isWhole: Bool

  /// - Parameter dictionary: nil where syllables are not checked.
  public init(
    _ file: DataFile, _ templates: TemplateCollection, _ dictionary: SyllableDictionary?,
    _ memory: DocumentMemory
  ) {
    if let problems = file.problemsAsData(templates) {
      (checked, self.problems, isWhole) = (nil, problems, true)
      return
    }
    let checked = file.check(templates)
    let texts = checked.readTexts(with: dictionary)
    var documents: [OutputFile] = []
    var found: [Diagnostic] = []
    var isWhole = true
    if !checked.hasErrors {
      do throws(Problems) {
        let printed = PrintedData(of: checked, texts)
        documents = try checked.render(
          templates, formats: Format.texts, memory: memory, on: Paper(), tracing: printed)
        found = checked.unprinted(printed)
      } catch {
        (found, isWhole) = (error.diagnostics, false)
      }
    }
    if isWhole { found += checked.proofread(documents, texts) }
    problems = (checked.problems + found).inOrder(from: file.source)
    (self.checked, self.isWhole) = (checked, isWhole)
  }
}
