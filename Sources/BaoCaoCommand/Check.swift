import ArgumentParser
import Diagnostics
import Reports

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kiểm tra tệp dữ liệu và mẫu, không ghi gì.")

  @OptionGroup var arguments: DataArguments
  @OptionGroup var templates: TemplateOptions

  func run() throws {
    var problems: [Diagnostic] = []
    do throws(Problems) {
      let files = try arguments.files()
      let collection = try templates.collection(undefined: .strict)
      for file in files { problems += Check.problems(of: file, collection) }
    } catch {
      problems += error.diagnostics
    }
    Messages.show(problems)
    if problems.contains(where: { $0.severity == .error }) { throw Failure.badInput }
  }

  /// The problems of the data; and where it is right, those of filling the templates with it.
  private static func problems(of file: String, _ collection: TemplateCollection) -> [Diagnostic] {
    do throws(Problems) {
      let checked = try DataFile.read(path: file).check(collection)
      guard !checked.hasErrors else { return checked.problems }
      do throws(Problems) {
        _ = try checked.render(collection, formats: Format.allCases)
        return checked.problems
      } catch {
        return checked.problems + error.diagnostics
      }
    } catch {
      return error.diagnostics
    }
  }
}
