import Diagnostics
import Glibc
import Reports

/// The work of `baocao check`.
struct CheckJob: Job, Equatable {
  /// Files and folders.
  let data: [String]
  /// Tells whether the problems are printed for another program to read.
  let isSheet: Bool
  let showsRules: Bool
  let templates: String?

  func run() throws {
    var problems: [Diagnostic] = []
    /// Whether every file was checked; an error of the data is no reason to stop.
    var isDone = true
    do throws(Problems) {
      let files = try DataArguments.files(of: data, into: &problems)
      let collection = try TemplateSearch.collection(templates, undefined: .strict)
      let dictionary = CheckJob.dictionary(into: &problems)
      let memory = DocumentMemory()
      problems += collection.warnings
      for file in files {
        do throws(Problems) {
          problems += try CheckJob.problems(of: file, collection, dictionary, memory)
        } catch {
          problems += error.diagnostics
          isDone = false
        }
      }
    } catch {
      problems += error.diagnostics
      isDone = false
    }
    problems = problems.toldOnce
    if isSheet {
      try Messages.show(ProblemSheet(problems, in: Messages.language))
    } else if showsRules {
      Messages.showWhole(problems)
    } else {
      Messages.show(problems)
    }
    if !isDone || problems.hasErrors { throw Failure.badInput }
  }

  /// The dictionary of hunspell-vi where it is installed; `BAOCAO_TU_DIEN` names another file, or
  /// none. Without one that can be read the syllables are not checked.
  private static func dictionary(into problems: inout [Diagnostic]) -> SyllableDictionary? {
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

  /// The problems of the data, the schema and the templates, and of the wording; and where these
  /// are right, those of filling the templates with the data.
  private static func problems(
    of path: String, _ collection: TemplateCollection, _ dictionary: SyllableDictionary?,
    _ memory: DocumentMemory
  ) throws(Problems) -> [Diagnostic] {
    let file = try DataFile.read(path: path)
    if let problems = file.problemsAsData(collection) { return problems }
    let checked = file.check(collection)
    let texts = checked.readTexts(with: dictionary)
    var documents: [OutputFile] = []
    var unprinted: [Diagnostic] = []
    if !checked.hasErrors {
      do throws(Problems) {
        let printed = PrintedData(of: checked, texts)
        documents = try checked.render(
          collection, formats: Format.texts, memory: memory, on: Paper(), tracing: printed)
        unprinted = checked.unprinted(printed)
      } catch {
        throw Problems((checked.problems + error.diagnostics).inOrder(from: file.source))
      }
    }
    let wording = checked.proofread(documents, texts)
    return (checked.problems + unprinted + wording).inOrder(from: file.source)
  }
}
