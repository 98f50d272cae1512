import Diagnostics
import Texts

/// Reads the file that a `%rec` names after the type, `%rec: nguoi mo-ta.rec`; nil where there is
/// none. This module reads no file itself: the caller says which folders may be read.
///
/// The path is relative and has no `..` that leads above its folder; whether a link leads out of
/// it is for the reader to see.
public typealias ExternalReader = (_ path: Text) throws(Diagnostic) -> Source?

extension RecordSet {
  /// Its own descriptor, and after it the external one; empty for a set without a descriptor.
  ///
  /// As in recutils, what the external file says of a type stands over what this one says, and
  /// the external files that it names in turn are not read.
  ///
  /// - Parameter types: what the blocks of a schema may name; nil where the records are data.
  public func descriptors(
    blocks types: NamedTypes? = nil, reading external: ExternalReader?,
    into problems: inout [Diagnostic]
  ) -> [Descriptor] {
    guard let own = Descriptor(self, blocks: types, into: &problems) else { return [] }
    guard let external, let path = own.externalFile else { return [own] }
    do throws(Diagnostic) {
      guard let other = try own.externalDescriptor(path, external, &problems) else { return [own] }
      for special in own.repeatedSpecialFields(of: other) {
        problems.append(
          Diagnostic(
            .records(.repeatedSpecialField(special.rawValue)), at: path,
            notes: [Diagnostic.Note(.ruledHere, at: other.type)]))
      }
      return [own, other]
    } catch {
      problems.append(error)
      return [own]
    }
  }
}

extension Descriptor {
  /// The descriptor of the same type in the external file.
  fileprivate func externalDescriptor(
    _ path: Text, _ external: ExternalReader, _ problems: inout [Diagnostic]
  ) throws(Diagnostic) -> Descriptor? {
    guard let source = try external(path) else {
      throw Diagnostic(.records(.external(.notFound(path.string))), at: path)
    }
    let database = Database.read(source, into: &problems)
    guard let set = database.recordSet(ofType: type.string) else {
      let problem = ExternalProblem.noSuchType(file: path.string, type: type.string)
      throw Diagnostic(.records(.external(problem)), at: path)
    }
    let types = set.holdsBlocks ? NamedTypes(database, into: &problems) : nil
    return Descriptor(set, blocks: types, into: &problems)
  }

  /// Special fields of which there may be only one, and both descriptors have it.
  fileprivate func repeatedSpecialFields(of other: Descriptor) -> [SpecialField] {
    var repeated: [SpecialField] = []
    if key != nil, other.key != nil { repeated.append(.key) }
    if !sort.isEmpty, !other.sort.isEmpty { repeated.append(.sort) }
    if size != nil, other.size != nil { repeated.append(.size) }
    return repeated
  }
}

extension Text {
  /// The reason why it cannot be the path of an external file; nil for a relative path in its
  /// folder.
  var problemAsExternalFile: ExternalProblem? {
    let path = string
    if path.contains("://") || path.lowercased().hasPrefix("www.") { return .address(path) }
    if path.hasPrefix("/") || path.hasPrefix("~") || path.contains("\\") || path.contains(":") {
      return .absolutePath(path)
    }
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return .outsideFolder(path) }
    }
    return nil
  }
}
