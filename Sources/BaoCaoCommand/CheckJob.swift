import Diagnostics
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
      let dictionary = SyllableDictionary.ofEnvironment(into: &problems)
      let memory = DocumentMemory()
      problems += collection.warnings
      for file in files {
        do throws(Problems) {
          let check = WholeCheck(try DataFile.read(path: file), collection, dictionary, memory)
          problems += check.problems
          isDone = isDone && check.isWhole
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
}
