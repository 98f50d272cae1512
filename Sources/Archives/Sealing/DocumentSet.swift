import Diagnostics
import OfficeFiles
import Reports
import Synchronization

/// The documents of a data file in the forms that an archive keeps.
public struct DocumentSet {
  private let making: Making
  private let printers: Printers

  public init(_ making: Making, _ printers: Printers) {
    (self.making, self.printers) = (making, printers)
  }

  /// Makes them, and the pictures beside them.
  ///
  /// - Parameter document: the name of the only one that is wanted; nil for all.
  public func outputs(
    of file: CheckedFile, only document: String? = nil, _ collection: TemplateCollection,
    _ memory: DocumentMemory
  ) throws(Problems) -> [OutputFile] {
    if let document, !file.descriptions.contains(where: { $0.name == document }) { return [] }
    let printer =
      making.formats.contains(.pdf)
      ? try printers.printer(making.isArchived ? .archive : .accessible) : nil
    var warnings: [Diagnostic] = []
    defer { printers.note(warnings) }
    return try file.render(
      collection, formats: making.formats, memory: memory,
      on: Paper(printer: printer, isTwoSided: making.isTwoSided), only: document, tracing: nil
    ).packed(into: &warnings)
  }
}

/// The engines that print PDFs, each started when it is first wanted.
public final class Printers: Sendable {
  private let started = Mutex<[(form: PagePrinter.Form, printer: PagePrinter)]>([])
  private let noted = Mutex<[Diagnostic]>([])

  public init() {}

  /// - Throws: that nothing on this machine prints.
  public func printer(_ form: PagePrinter.Form) throws(Problems) -> PagePrinter {
    if let known = started.withLock({ $0.first { $0.form == form }?.printer }) { return known }
    let printer = try PagePrinter(form)
    return started.withLock { started in
      // Another thread may have been quicker.
      if let known = started.first(where: { $0.form == form })?.printer {
        printer.close()
        return known
      }
      started.append((form, printer))
      return printer
    }
  }

  /// What has printed, with its version; nil where nothing was printed.
  var engineVersion: String? {
    started.withLock { $0.compactMap(\.printer.engineVersion).first }
  }

  /// Keeps warnings, which are told with those of the engines.
  public func note(_ warnings: [Diagnostic]) { noted.withLock { $0 += warnings } }

  public var warnings: [Diagnostic] {
    started.withLock { $0.flatMap(\.printer.warnings) } + noted.withLock { $0 }
  }

  public func close() { started.withLock { $0.forEach { $0.printer.close() } } }
}
