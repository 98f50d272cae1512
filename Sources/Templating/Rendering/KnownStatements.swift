import Diagnostics
import Texts

/// A text, or a value with the text right before it, and what it took when it was met so before.
struct KnownStatement: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    /// Not met yet.
    case unknown
    case text
    /// A value of the data, or of a record that a local variable holds.
    case stored
    /// Any other value: only its step is known.
    case computed
  }

  /// What a value may be, to be written without a filter's help.
  struct Plain: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let text = Plain(rawValue: 1)
    static let number = Plain(rawValue: 2)
    static let day = Plain(rawValue: 4)
    static let shortMonth = Plain(rawValue: 8)
  }

  private(set) var kind = Kind.unknown
  private(set) var plain: Plain = []
  /// Stands between groups of digits of a whole number, and between the parts of a day; 0 for none.
  private(set) var sign: UInt8 = 0
  /// How many statements it is.
  let count: UInt8
  /// The passage before it; what is known holds after no other.
  private(set) var origin = Passage.never
  /// The passage after a text.
  private(set) var passage = Passage.unknown
  private(set) var text = BlockPart()
  /// See ``Instruction``; ``names`` for a value of the data.
  private(set) var local = KnownStatement.names
  private(set) var filter: Int32 = -1
  /// Where the value is in records of a shape, see ``Shape/number``; of no shape for other values.
  private(set) var slot: Int32 = 0
  private(set) var shape = -1
  private(set) var step = EscapeStep(from: 0, to: 0, lastLineStart: -1, wantsLetter: true)

  static let names: Int32 = -1

  /// Of a statement that was not met yet.
  init() { count = 0 }

  /// - Parameter text: the template's.
  init(
    _ range: SourceRange, of text: SourceBytes, at origin: Passage, to passage: Passage
  ) {
    count = 1
    // Without a number there is nothing to know it by.
    guard passage.number >= 0, let part = BlockPart(range, of: text) else { return }
    (kind, self.text, self.origin, self.passage) = (.text, part, origin, passage)
  }

  /// - Parameters:
  ///   - range: the text right before the value.
  ///   - text: the template's.
  ///   - writer: of the value's filter; nil without one.
  init(
    _ instruction: Instruction, after range: SourceRange?, of text: SourceBytes,
    at origin: Passage, _ step: EscapeStep, slot: Int, of shape: Int, _ writer: PlainWriter?
  ) {
    count = range == nil ? 1 : 2
    let range = range ?? SourceRange(start: 0, end: 0)
    guard let part = BlockPart(range, of: text) else { return }
    (kind, self.text, self.origin, self.step) = (.stored, part, origin, step)
    (self.slot, self.shape) = (Int32(clamping: slot), shape)
    local = instruction.kind == .member ? instruction.local : KnownStatement.names
    filter = instruction.filter
    guard let writer else {
      if step.digits == 0 { plain.insert(.text) }
      if !step.wantsLetter { plain.insert(.number) }
      return
    }
    guard !step.wantsLetter else { return }
    if writer.groupSign != 0 {
      sign = writer.groupSign
      plain.insert(.number)
    } else if let form = writer.dayForm {
      sign = form.sign
      plain.formUnion(form.hasShortMonths ? [.day, .shortMonth] : .day)
    }
  }

  /// Of a value that may be a day.
  var dayForm: WrittenDate.Form {
    WrittenDate.Form(sign: sign, hasShortMonths: plain.contains(.shortMonth))
  }

  init(computedAt origin: Passage, _ step: EscapeStep) {
    count = 1
    (kind, self.origin, self.step) = (.computed, origin, step)
  }

  /// Whether it was met after that passage, and a value where the escaper stood in that setting.
  @inline(__always)
  func isKnown(after passage: Passage, _ setting: UInt64) -> Bool {
    origin == passage && (kind == .text || step.before == setting)
  }

  fileprivate func isKnown(like other: KnownStatement) -> Bool {
    kind == other.kind && shape == other.shape && step.digits == other.step.digits
      && isKnown(after: other.origin, other.step.before)
  }
}

/// For each statement of a template, the ways in which it was met: the first round of a loop and the
/// others take turns.
struct KnownStatements: ~Copyable {
  /// The last that was learned.
  private let latest: Table<KnownStatement>
  /// The first of the others of each statement, and then the first that no statement has; negative
  /// for none.
  private let first: Table<Int32>
  private let others: Table<KnownStatement>
  /// For each of the others, the next of the same statement; negative for none.
  private let next: Table<Int32>

  fileprivate static let mostOthers = 5

  init(count: Int) {
    latest = Table(repeating: KnownStatement(), count: count)
    first = Table(repeating: -1, count: count + 1)
    let most = count + 8
    others = Table(repeating: KnownStatement(), count: most)
    next = Table(repeating: -1, count: most)
    first.view[count] = 0
    for way in 1..<most { next.view[way - 1] = Int32(way) }
  }

  /// The ways, good while the statements live.
  var view: View {
    View(latest: latest.view, first: first.view, others: others.view, next: next.view)
  }

  struct View: BitwiseCopyable {
    private let latest: Table<KnownStatement>.View
    private let first: Table<Int32>.View
    private let others: Table<KnownStatement>.View
    private let next: Table<Int32>.View

    fileprivate init(
      latest: Table<KnownStatement>.View, first: Table<Int32>.View,
      others: Table<KnownStatement>.View, next: Table<Int32>.View
    ) {
      (self.latest, self.first, self.others, self.next) = (latest, first, others, next)
    }

    /// Of no statements.
    init() { (latest, first, others, next) = (.init(), .init(), .init(), .init()) }

    var count: Int { latest.count }

    /// The way in which a statement was met after that passage where the escaper stood in that
    /// setting; nil if it never was.
    ///
    /// - Returns: where that lies, as copying all of it takes longer than looking at a part.
    @inline(__always)
    func known(
      _ statement: Int, after passage: Passage, _ setting: UInt64
    ) -> UnsafePointer<KnownStatement>? {
      let known = latest.pointer(to: statement)
      if known.pointee.isKnown(after: passage, setting) { return known }
      return other(statement) { $0.pointee.isKnown(after: passage, setting) }
    }

    /// The same where what is found first is a way of a value in records of another shape, or of a
    /// number that begins a line with another count of digits.
    ///
    /// - Parameter digits: nil for any.
    @inline(__always)
    func known(
      _ statement: Int, after passage: Passage, _ setting: UInt64, of shape: Int, digits: Int?
    ) -> UnsafePointer<KnownStatement>? {
      other(statement) { way in
        way.pointee.isKnown(after: passage, setting) && way.pointee.shape == shape
          && (digits.map { way.pointee.step.digits == $0 } ?? true)
      }
    }

    @inline(__always)
    private func other(
      _ statement: Int, where isWanted: (UnsafePointer<KnownStatement>) -> Bool
    ) -> UnsafePointer<KnownStatement>? {
      var way = first[statement]
      while way >= 0 {
        let other = others.pointer(to: Int(way))
        if isWanted(other) { return other }
        way = next[Int(way)]
      }
      return nil
    }

    /// The local variable that a statement's value was in the last time, see ``KnownStatement``.
    @inline(__always)
    func local(of statement: Int) -> Int32 { latest.pointer(to: statement).pointee.local }

    /// Adds a way; the one before is then another.
    func add(_ known: KnownStatement, of statement: Int) {
      if known.kind == .unknown { return }
      let earlier = latest[statement]
      latest[statement] = known
      guard earlier.kind != .unknown, !earlier.isKnown(like: known) else { return }
      // What was known of the same way goes; else the last one, where there are many or no room.
      var (way, count) = (first[statement], 0)
      while way >= 0 {
        if others[Int(way)].isKnown(like: known) {
          others[Int(way)] = earlier
          return
        }
        (way, count) = (next[Int(way)], count + 1)
      }
      let free = first[self.count]
      if count < KnownStatements.mostOthers, free >= 0 {
        first[self.count] = next[Int(free)]
        (others[Int(free)], next[Int(free)]) = (earlier, first[statement])
        first[statement] = free
      } else if count > 0 {
        others[Int(first[statement])] = earlier
      }
    }
  }
}
