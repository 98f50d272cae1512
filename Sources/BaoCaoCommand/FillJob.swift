import Diagnostics
import OfficeFiles
import Reports

/// The work of `baocao fill`, however its arguments were read.
final class FillJob: Job, Sendable {
  let template: String
  let data: String
  let output: String?
  let format: Format?
  let jobs: Int
  /// Compiles the template; each thread has one of its own.
  private let makeFilling: @Sendable (String, Format?) throws(Problems) -> Filling

  init(
    template: String, data: String, output: String?, format: Format?, jobs: Int,
    makeFilling: @escaping @Sendable (String, Format?) throws(Problems) -> Filling
  ) {
    (self.template, self.data, self.output) = (template, data, output)
    (self.format, self.jobs, self.makeFilling) = (format, jobs, makeFilling)
  }

  func run() throws {
    if template == "-", data == "-" {
      throw Messages.refuse(
        "đầu vào chuẩn chỉ là mẫu hoặc dữ liệu, không là cả hai",
        "standard input is the template or the data, not both")
    }
    let isFolder = data != "-" && Files.isFolder(data)
    if isFolder, output == nil || output == "-" {
      throw Messages.refuse(
        "dữ liệu là thư mục nên cần «--output THƯ_MỤC»",
        "the data is a folder, so “--output FOLDER” is needed")
    }
    if output == "" { throw Messages.refuseEmptyOutput() }
    if isFolder {
      try fillFolder(into: output ?? "out")
    } else {
      try fillOne()
    }
  }

  private func fillOne() throws(Problems) {
    let filling = try makeFilling(template, format)
    // It lives as long as the program, which ends next: nobody waits for it to be taken apart.
    _ = Unmanaged.passRetained(filling)
    try Problems.collecting { () throws(Diagnostic) in
      try Files.check(output: output, isNoneOf: [template, data])
      // One that the template includes, most likely.
      if let output, output.hasSuffix(".jinja") {
        try Files.check(output: output, isNotIn: Files.folder(of: template))
      }
    }
    let warnings = try filling.fill(data) { document throws(Diagnostic) in
      if makesWord {
        let file = try wordFile(document, named: data)
        try write(file.span)
      } else {
        try write(document)
      }
    }
    Messages.show(warnings)
  }

  private func write(_ document: Span<UInt8>) throws(Diagnostic) {
    if let output, output != "-" {
      try Files.write(document, to: output)
    } else {
      try Files.writeStandardOutput(document)
    }
  }

  /// Tells whether the template writes the parts of a file of Word, which are to be packed.
  private var makesWord: Bool { template.hasSuffix(".\(Format.docx.fileExtension).jinja") }

  /// Every data file of a folder into another folder; each thread has a template of its own.
  private func fillFolder(into output: String) throws(Problems) {
    _ = try makeFilling(template, format)
    let names = try FillJob.dataNames(in: data)
    try Problems.collecting { () throws(Diagnostic) in try Files.makeFolder(output) }
    try checkNames(names)
    let found = inParallel(names.count, jobs: jobs) {
      let filling = Result { () throws(Problems) in try makeFilling(template, format) }
      return { index in self.fill(names[index], into: output, filling) }
    }
    let problems = found.flatMap { $0 }
    try problems.throwIfErrors()
    Messages.show(problems)
  }

  /// `a.rec` and `a.json` would both be filled into `a.md`.
  private func checkNames(_ names: [String]) throws(Problems) {
    var seen: Set<Substring> = []
    let twice = names.filter { !seen.insert(FillJob.base(of: $0)).inserted }
    guard twice.isEmpty else {
      throw Problems(
        twice.map {
          Diagnostic(.report(.sameOutput("\(output ?? "")/\(FillJob.base(of: $0))")), at: nil)
        })
    }
  }

  /// A file's name without its extension.
  private static func base(of name: String) -> Substring {
    name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex)
  }

  private static func dataNames(in folder: String) throws(Problems) -> [String] {
    try Problems.collecting { () throws(Diagnostic) in
      let names = try Files.names(in: folder).filter {
        $0.hasSuffix(".rec") || $0.hasSuffix(".json")
      }
      guard !names.isEmpty else {
        throw Diagnostic(.report(.noDataFiles(folder: folder)), at: nil)
      }
      return names
    }
  }

  private func fill(
    _ name: String, into output: String, _ filling: Result<Filling, Problems>
  ) -> [Diagnostic] {
    do throws(Problems) {
      let filling = try filling.get()
      let path = "\(output)/\(FillJob.base(of: name)).\(filling.fileExtension)"
      let input = "\(data)/\(name)"
      if path.hasSuffix(".rec") || path.hasSuffix(".json") {
        try Problems.collecting { () throws(Diagnostic) in
          try Files.check(output: path, isNoneOf: [input])
        }
      }
      return try filling.fill(input) { document throws(Diagnostic) in
        if makesWord {
          let file = try wordFile(document, named: path)
          try Files.write(file.span, to: path)
        } else {
          try Files.write(document, to: path)
        }
      }
    } catch {
      return error.diagnostics
    }
  }
}
