import Diagnostics
import Reports
import Synchronization
import Templating

/// Makes sealed documents again, of nothing but what their bags hold, and compares.
public final class Rebuilder: Sendable {
  /// Makes a document of a data file anew.
  public typealias Making =
    @Sendable (
      _ file: CheckedFile, _ document: String, _ making: Archives.Making, TemplateCollection,
      DocumentMemory
    ) throws(Problems) -> [OutputFile]

  private let make: Making
  /// The last ones that were used, by the sums of their files: an archive has few.
  private let collections = Mutex<[(key: Checksum, collection: TemplateCollection)]>([])
  private static let keptCollections = 8

  public init(make: @escaping Making) { self.make = make }

  /// What came of a bag.
  public struct Outcome: Sendable {
    /// The sealed files with how the new ones are like them, nil for a PDF with other bytes that nothing
    /// here can read; empty where nothing was made.
    public var files: [(name: String, likeness: Likeness?)] = []
    /// The documents that were made.
    public var outputs: [OutputFile] = []
    /// The document's name.
    public var document = ""
    /// Why nothing was made, or what is wrong with the bag.
    public var problems: [Diagnostic] = []

    public init() {}
  }

  /// A data file of a bag that was read and checked; the bags of its other documents hold the same.
  public struct Reading {
    fileprivate var key: Checksum?
    fileprivate var file: CheckedFile?
    fileprivate var collection: TemplateCollection?

    public init() {}
  }

  /// Makes the document of a bag that was found whole.
  ///
  /// - Parameter reading: of the bag before, on the same thread.
  public func rebuild(
    _ bag: String, _ reading: inout Reading, _ memory: inout DocumentMemory
  ) -> Outcome {
    var outcome = Outcome()
    do throws(Problems) {
      let (record, manifest) = try Problems.collecting { () throws(Diagnostic) in
        let path = "\(bag)/\(BagPath.buildRecord)"
        guard let record = BuildRecord(reading: try Files.read(path)) else {
          throw Diagnostic(.archive(.bag(.oddRecord(path: path))), at: nil)
        }
        return (record, Manifest(reading: try Files.read("\(bag)/\(BagPath.manifest)")))
      }
      outcome.document = record.document
      let (file, collection) = try read(bag, record, manifest, &reading, &memory)
      outcome.outputs = try make(file, record.document, record.making, collection, memory)
      guard !outcome.outputs.isEmpty else {
        // The data file asks for no such document any more: this program reads it otherwise.
        throw Problems(
          file.problems + [
            Diagnostic(.archive(.bag(.notMade(bag: bag, document: record.document))), at: nil)
          ])
      }
      outcome.files = try compare(outcome.outputs, with: manifest, in: bag)
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }

  private func read(
    _ bag: String, _ record: BuildRecord, _ manifest: Manifest, _ reading: inout Reading,
    _ memory: inout DocumentMemory
  ) throws(Problems) -> (CheckedFile, TemplateCollection) {
    let inputs = manifest.entries.filter { !$0.path.hasPrefix(BagPath.outputs) }
    let key = Checksum(of: Manifest(inputs).text)
    if reading.key == key, let file = reading.file, let collection = reading.collection {
      return (file, collection)
    }
    let collection = try collection(bag, inputs)
    if reading.collection !== collection { memory = DocumentMemory() }
    let file = try DataFile.read(path: "\(bag)/\(BagPath.data)\(record.dataFile)").check(collection)
    (reading.key, reading.file, reading.collection) = (key, file, collection)
    return (file, collection)
  }

  private func collection(
    _ bag: String, _ inputs: [Manifest.Entry]
  ) throws(Problems) -> TemplateCollection {
    let templates = inputs.filter { $0.path.hasPrefix(BagPath.templates) }
    let key = Checksum(of: Manifest(templates).text)
    if let known = collections.withLock({ $0.first { $0.key == key }?.collection }) { return known }
    let folder = TemplateFolder("\(bag)/\(BagPath.templates.dropLast())")
    let collection = try TemplateCollection(folder, undefined: .strict, isSealed: true)
    collections.withLock { collections in
      collections.append((key, collection))
      if collections.count > Self.keptCollections { collections.removeFirst() }
    }
    return collection
  }

  private func compare(
    _ outputs: [OutputFile], with manifest: Manifest, in bag: String
  ) throws(Problems) -> [(name: String, likeness: Likeness?)] {
    var files: [(name: String, likeness: Likeness?)] = []
    var problems: [Diagnostic] = []
    var made = Dictionary(
      outputs.map { ($0.path, $0) }, uniquingKeysWith: { one, _ in one })
    for entry in manifest.entries where entry.path.hasPrefix(BagPath.outputs) {
      let name = String(entry.path.dropFirst(BagPath.outputs.count))
      guard let new = made.removeValue(forKey: name) else {
        problems.append(Diagnostic(.archive(.bag(.notMade(bag: bag, document: name))), at: nil))
        continue
      }
      if Checksum(of: new.bytes) == entry.sum {
        files.append((name, .sameBytes))
        continue
      }
      do throws(Problems) {
        let likeness: Likeness? = try Problems.collecting { () throws(Diagnostic) in
          let old = try Files.read("\(bag)/\(entry.path)")
          // A picture has no words.
          guard let format = Format(ofDocument: name) else { return .some(.different([])) }
          return try Comparison.likeness(of: old, new.bytes, as: format, named: name)
        }
        files.append((name, likeness))
      } catch {
        problems += error.diagnostics
      }
    }
    for name in made.keys.sorted() {
      problems.append(Diagnostic(.archive(.bag(.newOutput(bag: bag, file: name))), at: nil))
    }
    try problems.throwIfErrors()
    return files
  }
}
