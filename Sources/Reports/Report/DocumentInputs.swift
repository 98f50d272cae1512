import Diagnostics
import Records
import Templating
import Texts

/// The files that the documents of a data file are made of, besides it.
///
/// They follow from the kinds, profiles and formats alone, and not from what was made before, so that
/// the same documents always have the same ones.
public struct DocumentInputs: Sendable {
  /// Templates, schemas, profiles and registers: their names below the folder of templates, sorted.
  public let templates: [String]
  /// Pictures, sheets and descriptors, by their paths below the folder of the data file, sorted.
  public let beside: [OutputFile]
}

extension CheckedFile {
  public func inputs(
    _ templates: TemplateCollection, formats: [Format]
  ) throws(Problems) -> DocumentInputs {
    var beside = pictures + tables.sheets.map(\.name)
    var names = try templates.inputs(of: reports, formats)
    for path in database.recordSets.compactMap(\.externalFile) {
      if Files.isRegular("\(folder)/\(path)") {
        beside.append(path)
      } else {
        names.append(path)
      }
    }
    return DocumentInputs(
      templates: names.inByteOrder, beside: try filesBeside(beside.inByteOrder))
  }

  /// The paths of all files beside the data file that its documents depend on, sorted; nil where they
  /// depend on one that is not there.
  public var pathsBeside: [String]? {
    let external = database.recordSets.compactMap(\.externalFile)
    guard external.allSatisfy({ Files.isRegular("\(folder)/\($0)") }) else { return nil }
    return (pictures + tables.sheets.map(\.name) + external).inByteOrder
  }

  /// The bytes of a file beside a data file, by its path as the data file names it; nil where it cannot
  /// be read or lies elsewhere.
  public static func bytes(beside path: String, in folder: String) -> [UInt8]? {
    (try? Files.read("\(folder)/\(Files.stored(path, in: folder))", inside: folder)) ?? nil
  }
}

extension TemplateCollection {
  /// The names of the files that documents are made of: the registers and the shared schema, all that
  /// lies in the folders of their kinds, and the templates of their bodies, annexes and pages with
  /// those that these name.
  fileprivate func inputs(of reports: [Report], _ formats: [Format]) throws(Problems) -> [String] {
    let documents = reports.map(\.inputKey).inByteOrder.joined(separator: " ")
    let written = formats.map(\.rawValue).joined(separator: ",")
    if let known = knownInputs(documents, written) { return known }
    let reached = try library.namesReached(from: reports.flatMap { $0.templates(formats) })
    let kinds = Set(reports.map(\.kind.name))
    let names = folder.files.filter { name in
      let place = Files.folder(of: name)
      let isNamed = reached.names.contains(name) || registerNames.contains(name)
      if isNamed || kinds.contains(place) { return true }
      return reached.areAny && name.hasSuffix(".jinja") && !kindNames.contains(place)
    }
    remember(inputs: names, documents, written)
    return names
  }
}

extension Report {
  /// What decides which templates make it.
  fileprivate var inputKey: String { "\(kind.name)/\(kind.isVerbatim)/\(profile.name)" }

  /// The templates that it is made with in some formats, as far as there are such.
  fileprivate func templates(_ formats: [Format]) -> [String] {
    var names = [kind.bodyTemplate, DocumentKind.sharedAnnexFile]
    if let annex = kind.annexTemplate { names.append(annex) }
    for format in formats {
      switch format {
      case .markdown: names.append(layout(.markdown))
      // Where there is no layout for text, it is made of the Markdown.
      case .text: names += [layout(.text), layout(.markdown)]
      case .html, .pdf: names.append(layout(.html))
      case .docx: names.append(layout(.docx))
      case .xlsx: break
      }
    }
    return names
  }
}

extension RecordSet {
  /// The file that `%rec` names after the type.
  fileprivate var externalFile: String? {
    var ignored: [Diagnostic] = []
    return Descriptor(self, into: &ignored)?.externalFile?.string
  }
}

extension [String] {
  /// These, each once, in the order of their bytes.
  fileprivate var inByteOrder: [String] {
    Set(self).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
