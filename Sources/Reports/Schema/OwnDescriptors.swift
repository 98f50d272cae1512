import Diagnostics
import Texts
import Records

/// The folders in which the file that a `%rec` names is looked for, the first one first.
///
/// Nothing outside them is read, whatever links say.
struct DescriptorFolders: Sendable {
  let paths: [String]

  /// The text of the file; nil where no folder has it.
  func source(_ path: Text) throws(Diagnostic) -> Source? {
    for folder in paths {
      let file = folder == "." ? path.string : "\(folder)/\(path.string)"
      guard Files.exists(file), !Files.isFolder(file) else { continue }
      guard let bytes = try Files.read(file, inside: folder) else {
        throw Diagnostic(.records(.external(.outsideFolder(path.string))), at: path)
      }
      return try Source.reading(name: file, bytes: bytes).source
    }
    return nil
  }
}

extension DataFile {
  /// The descriptors with which the file itself, or a file it names after `%rec`, makes demands on
  /// its records, beside the schemas of their kinds. Empty for a file whose descriptors only name
  /// types.
  func ownDescriptors(
    _ templates: TemplateFolder, into problems: inout [Diagnostic]
  ) -> [Descriptor] {
    descriptors(templates, into: &problems, of: setsWithRules)
  }

  /// The record sets whose descriptors say more than the type.
  var setsWithRules: [RecordSet] { database.recordSets.filter(\.hasRules) }

  /// The descriptors of all its record sets, also those that only name the type.
  func descriptorsOfAllTypes(
    _ templates: TemplateFolder, into problems: inout [Diagnostic]
  ) -> [Descriptor] {
    descriptors(templates, into: &problems, of: Array(database.recordSets))
  }

  private func descriptors(
    _ templates: TemplateFolder, into problems: inout [Diagnostic], of sets: [RecordSet]
  ) -> [Descriptor] {
    let folders = DescriptorFolders(paths: [folder, templates.path])
    return sets.flatMap { set in
      set.descriptors(
        reading: { (path) throws(Diagnostic) in try folders.source(path) }, into: &problems)
    }
  }
}
