import Diagnostics
import Records
import Synchronization
import Texts

/// The labels of all fields of all kinds, by which a draft names what is missing. They are read when
/// the first is asked for.
final class FieldLabels: Sendable {
  private struct Name: Hashable {
    let type: String
    let field: String
  }

  private let read = Mutex<(@Sendable () -> [Descriptor])?>(nil)
  private let labels = Mutex<[Name: String]?>(nil)

  /// - Parameter descriptors: those of all kinds.
  func read(from descriptors: @escaping @Sendable () -> [Descriptor]) {
    read.withLock { $0 = descriptors }
  }

  /// The label of a field; nil for a name that is no field.
  ///
  /// - Parameter record: a place in the record that does not have it; nil where the name stands
  ///   alone, as a field of the matter does.
  func label(of field: Text, in record: Text?) -> String? {
    let labels = allLabels()
    let name = field.string
    guard let record else {
      return labels[Name(type: Schema.matterType, field: name)]
        ?? labels[Name(type: Schema.documentType, field: name)]
        ?? labels.filter { $0.key.field == name }.map(\.value).min()
    }
    return labels[Name(type: record.recordType ?? Schema.matterType, field: name)] ?? name
  }

  private func allLabels() -> [Name: String] {
    if let known = labels.withLock({ $0 }) { return known }
    let descriptors = read.withLock { $0 }?() ?? []
    var made: [Name: String] = [:]
    for (type, own) in Dictionary(grouping: descriptors, by: \.type.string) {
      var ignored: [Diagnostic] = []
      for field in RecordType(merging: own, into: &ignored)?.fields ?? [] {
        made[Name(type: type, field: field.name.string)] = field.label?.string
      }
    }
    labels.withLock { $0 = made }
    return made
  }
}

extension Text {
  /// The type that the last `%rec` above it names; nil where there is none.
  fileprivate var recordType: String? {
    let place = self.place
    var offset = Int(place.range.start)
    let mark = Array("%rec:".utf8)
    while true {
      let line = place.source.lineRange(at: offset)
      let bytes = place.source.bytes[line]
      if bytes.starts(with: mark) {
        return String(decoding: bytes.dropFirst(mark.count), as: UTF8.self)
          .split(separator: " ").first.map(String.init)
      }
      guard line.lowerBound > 0 else { return nil }
      offset = line.lowerBound - 1
    }
  }
}
