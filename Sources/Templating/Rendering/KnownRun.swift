import Texts

/// Texts and values as long as one follows another and nothing is to be learned: most of a report.
struct KnownRun: BitwiseCopyable {
  /// The statement that comes next; nothing of it was done.
  private(set) var index: Int
  private(set) var output: OutputBuffer.Run
  private(set) var steps = 0
  private let stepLimit: Int
  /// The values that names stand for, and those of the last local variable.
  private var record = RecordView(nil)
  private var local = Int32.min
  /// What is known of the statement that comes next, and its value, where it is one for a filter.
  private var known: UnsafePointer<KnownStatement>?
  private var value = StoredValue.missing

  /// Why a run does not go on by itself.
  enum Stop {
    /// The body is at its end, with all its rounds.
    case end
    /// Something is to be done that is not known.
    case unknown
    /// A value is in that local variable, see ``KnownStatement``.
    case local(Int32)
    case filter(Int)
  }

  /// - Parameter stepLimit: how many statements there may be.
  @inline(__always)
  init(_ output: OutputBuffer.Run, at index: Int, stepLimit: Int) {
    (self.output, self.index, self.stepLimit) = (output, index, stepLimit)
  }

  /// Tells the values that a local variable holds.
  @inline(__always)
  mutating func look(at local: Int32, _ record: RecordView) {
    (self.local, self.record) = (local, record)
  }

  /// Goes on as far as it can without what the renderer keeps.
  ///
  /// - Parameter text: the template's.
  @inline(never)
  mutating func go(
    _ statements: KnownStatements.View, _ text: SourceBytes, in body: Range<Int>,
    _ rounds: inout Rounds
  ) -> Stop {
    var (record, local, index) = (self.record, self.local, self.index)
    var first = index
    defer {
      (self.record, self.local, self.index) = (record, local, index)
      steps &+= index &- first
    }
    while true {
      guard index < body.upperBound else {
        guard rounds.setsNoOther, rounds.goAhead() else { return .end }
        steps &+= index &- first
        (index, first) = (body.lowerBound, body.lowerBound)
        (record, local) = (rounds.record, rounds.local)
        // Each statement is a step.
        guard stepLimit &- steps >= body.count else { return .unknown }
        continue
      }
      guard
        var known = statements.known(index, after: output.passage, output.cursor.setting)
      else { return .unknown }
      if known.pointee.kind == .text {
        guard output.append(known, of: text) else { return .unknown }
        index &+= 1
        continue
      }
      guard known.pointee.local == local else { return .local(known.pointee.local) }
      if known.pointee.shape != record.shape {
        guard
          let other = statements.known(
            index, after: output.passage, output.cursor.setting, of: record.shape, digits: nil)
        else { return .unknown }
        known = other
      }
      guard output.cursor.allowsLines(of: known.pointee.step) else { return .unknown }
      let value = record.stored[Int(known.pointee.slot)]
      switch value {
      case .text(let range) where known.pointee.plain.contains(.text):
        guard output.append(known, of: text, range, of: record.text) else {
          return .unknown
        }
      case .number(let number) where known.pointee.plain.contains(.number):
        if known.pointee.step.digits != 0, known.pointee.step.digits != number.count {
          guard
            let other = statements.known(
              index, after: output.passage, output.cursor.setting, of: record.shape,
              digits: number.count),
            other.pointee.plain.contains(.number)
          else { return .unknown }
          known = other
        }
        guard output.append(known, of: text, number, of: record.text) else {
          return .unknown
        }
      default:
        if case .text(let range) = value, known.pointee.plain.contains(.day),
          output.append(known, of: text, day: range, of: record.text)
        {
          break
        }
        guard known.pointee.filter >= 0 else { return .unknown }
        (self.known, self.value) = (known, value)
        return .filter(Int(known.pointee.filter))
      }
      index &+= Int(known.pointee.count)
    }
  }

  /// Writes the value that comes next, and the text before it; false if that takes more.
  ///
  /// - Parameters:
  ///   - text: the template's.
  ///   - writer: of the value's filter.
  @inline(__always)
  mutating func write(
    _ text: SourceBytes, through writer: Unmanaged<PlainWriter>, to buffer: inout OutputBuffer
  ) -> Bool {
    guard let known,
      buffer.append(known.pointee, of: text, value, of: record.text, through: writer, to: &output)
    else { return false }
    index &+= Int(known.pointee.count)
    steps &+= Int(known.pointee.count)
    return true
  }
}
