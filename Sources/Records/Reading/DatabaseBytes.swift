import Texts

/// The values of a database, looked at without counting references. Good only while the database
/// lives: for those who keep it, and look often.
public struct DatabaseBytes: BitwiseCopyable, Sendable {
  @usableFromInline let source: SourceBytes
  @usableFromInline let fields: ArrayView<FieldSlot>
  private let records: ArrayView<RecordSlot>
  private let sets: ArrayView<RecordSetSlot>
  private let folded: ArrayView<Text>

  public init(_ database: Database) {
    let storage = database.storage
    source = SourceBytes(storage.source)
    fields = ArrayView(storage.fields)
    records = ArrayView(storage.records)
    sets = ArrayView(storage.sets)
    folded = ArrayView(storage.folded)
  }

  public var setCount: Int { sets.count }

  /// The name of a set's type; nil for records that stand before any descriptor.
  public func type(ofSet number: Int) -> SourceBytes? {
    sets[number].descriptor < 0 ? nil : source[sets[number].type]
  }

  /// The numbers of a set's records.
  public func records(ofSet number: Int) -> Range<Int> {
    Int(sets[number].start)..<Int(sets[number].end)
  }

  /// The shape of a record, see ``Record/shape``, and the numbers of its fields.
  public func shapeAndFields(ofRecord number: Int) -> (shape: Int, fields: Range<Int>) {
    let record = records[number]
    return (Int(record.shape), Int(record.start)..<Int(record.end))
  }

  @inlinable @inline(__always)
  public func value(ofField number: Int) -> SourceBytes {
    let slot = fields[number]
    return slot.folded < 0 ? source[slot.value] : foldedValue(slot.folded)
  }

  @usableFromInline
  func foldedValue(_ index: Int32) -> SourceBytes {
    SourceBytes(folded[Int(index)])
  }

  func name(ofField number: Int) -> SourceBytes {
    source[fields[number].name]
  }
}

/// The values of one record, as ``DatabaseBytes`` gives them.
public struct RecordBytes: BitwiseCopyable, Sendable {
  public let database: DatabaseBytes
  public let firstField: Int

  @inlinable @inline(__always)
  public init(_ database: DatabaseBytes, firstField: Int) {
    (self.database, self.firstField) = (database, firstField)
  }

  /// The value of the field at an offset.
  @inlinable
  public subscript(offset: Int) -> SourceBytes {
    @inline(__always) get { database.value(ofField: firstField + offset) }
  }
}
