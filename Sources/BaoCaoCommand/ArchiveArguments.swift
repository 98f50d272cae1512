import Archives
import ArgumentParser
import Reports

/// Archives, and packets by themselves, that a command looks at.
struct ArchiveArguments: ParsableArguments {
  @Argument(
    help: .text(
      "Kho lưu trữ, hoặc thư mục của một gói.",
      "An archive, or the folder of a packet.",
      value: ("kho", "archive")))
  var paths: [String]
}

/// The archive that a command puts documents into.
struct ArchiveOption: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: .text(
      "Kho lưu trữ: thư mục mới, hoặc kho đã có.",
      "The archive: a new folder, or one that is there.",
      value: ("kho", "archive")))
  var output: String

  var archive: Archive {
    get throws {
      if output.isEmpty { throw Messages.refuseEmptyOutput() }
      return Archive(output)
    }
  }
}
