import ArgumentParser
import Diagnostics
import Reports

struct FormatFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format",
    abstract: Messages.text(
      "Viết lại tệp dữ liệu theo dạng chuẩn, nói rõ đã đổi gì.",
      "Rewrite data files in canonical form, and say what changed."),
    discussion: Messages.text(
      "Giá trị, lời chú và thứ tự giữ nguyên. Chỗ hiểu được hai cách thì không đổi gì.",
      "Values, comments and order stay. What can be read in two ways is left alone."))

  @OptionGroup var arguments: DataArguments

  @Flag(
    name: .customLong("check"),
    help: .text(
      "Chỉ nói những gì sẽ đổi, không ghi.",
      "Only say what would change."))
  var isCheck = false

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    var problems: [Diagnostic] = []
    var changed = (files: 0, places: 0)
    var unchanged = 0
    do throws(Problems) {
      var formatting = Formatting(try templates.collectionIfAny(undefined: .strict))
      for path in try arguments.files(into: &problems) {
        do throws(Problems) {
          let count = try format(path, &formatting, &problems)
          changed = (changed.files + min(count, 1), changed.places + count)
          unchanged += count == 0 ? 1 : 0
        } catch {
          problems += error.diagnostics
        }
      }
    } catch {
      problems += error.diagnostics
    }
    if changed.files > 0 {
      Messages.tellOfFormat(files: changed.files, places: changed.places, isCheck: isCheck)
    }
    if unchanged > 0 { Messages.tellOfNoChange(files: unchanged) }
    Messages.show(problems)
    let isRefused = problems.hasErrors
    if isRefused || isCheck && changed.files > 0 { throw Failure.badInput }
  }

  /// Rewrites a file, says what changed, and returns in how many places.
  private func format(
    _ path: String, _ formatting: inout Formatting, _ problems: inout [Diagnostic]
  ) throws(Problems) -> Int {
    let formatted = try isCheck ? look(path, &formatting) : rewrite(path, &formatting)
    problems += formatted.warnings
    guard !formatted.changes.isEmpty else { return 0 }
    try Messages.show(path: path)
    Messages.tell(formatted.changes, file: path)
    return formatted.changes.count
  }

  private func look(
    _ path: String, _ formatting: inout Formatting
  ) throws(Problems) -> FormattedFile {
    let bytes = try Problems.collecting { () throws(Diagnostic) in try DataFile.readBytes(path) }
    return try formatting.format(name: path, bytes: bytes)
  }

  private func rewrite(
    _ path: String, _ formatting: inout Formatting
  ) throws(Problems) -> FormattedFile {
    var result: FormattedFile?
    try DataFile.rewrite(path) { (bytes) throws(Problems) in
      let formatted = try formatting.format(name: path, bytes: bytes)
      result = formatted
      return formatted.changes.isEmpty ? nil : formatted.bytes
    }
    guard let result else { throw Problems([]) }
    return result
  }
}
