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
    do throws(Problems) {
      let files = try DataArguments.files(of: data)
      let collection = try TemplateSearch.collection(templates, undefined: .strict)
      let dictionary = CheckJob.dictionary()
      let memory = DocumentMemory()
      for file in files {
        problems += CheckJob.problems(of: file, collection, dictionary, memory)
      }
    } catch {
      problems += error.diagnostics
    }
    if isSheet {
      try Files.writeStandardOutput(ProblemSheet(problems, in: Messages.language).json.span)
    } else if showsRules {
      Messages.showWhole(problems)
    } else {
      Messages.show(problems)
    }
    if problems.contains(where: { $0.severity == .error }) { throw Failure.badInput }
  }

  /// The dictionary of hunspell-vi where it is installed; `BAOCAO_TU_DIEN` names another file, or
  /// none.
  private static func dictionary() -> SyllableDictionary? {
    guard let path = getenv("BAOCAO_TU_DIEN") else {
      return SyllableDictionary(path: SyllableDictionary.path)
    }
    return SyllableDictionary(path: String(cString: path))
  }

  /// The problems of the data, the schema and the templates, and of the wording; and where these
  /// are right, those of filling the templates with the data.
  private static func problems(
    of path: String, _ collection: TemplateCollection, _ dictionary: SyllableDictionary?,
    _ memory: DocumentMemory
  ) -> [Diagnostic] {
    do throws(Problems) {
      let file = try DataFile.read(path: path)
      if let problems = file.problemsAsData(collection) { return problems }
      let checked = file.check(collection)
      guard !checked.hasErrors else {
        let wording = checked.proofread([], with: dictionary)
        return (checked.problems + wording).inOrder(from: file.source)
      }
      do throws(Problems) {
        let documents = try checked.render(
          collection, formats: Format.allCases, memory: memory)
        let wording = checked.proofread(documents, with: dictionary)
        return (checked.problems + wording).inOrder(from: file.source)
      } catch {
        return (checked.problems + error.diagnostics).inOrder(from: file.source)
      }
    } catch {
      return error.diagnostics
    }
  }
}
