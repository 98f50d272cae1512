import ArgumentParser
import Diagnostics
import Reports

struct Guide: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huong-dan",
    abstract: Messages.text(
      "In hướng dẫn cho cán bộ văn phòng, với các trường của từng mẫu.",
      "Print the guide for office staff (in Vietnamese), with the fields of each kind."))

  @Argument(
    help: .text(
      "Chỉ in các trường của mẫu này.", "Print only the fields of this kind.",
      value: ("mẫu", "kind")))
  var kinds: [String] = []

  @OptionGroup var file: NewFile

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    try file.check(isNoneOf: [], templates)
    let guide = try templates.collection(undefined: .strict).guide(to: kinds)
    try Problems.collecting { () throws(Diagnostic) in
      try Files.output(guide, to: file.output, isNew: !file.overwrites)
    }
  }
}
