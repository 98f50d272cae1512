/// Which of the templates' own texts were written to a buffer since its last value, one after the
/// other: the same number stands for the same bytes, so that an escaper can remember what they do.
public struct Passage: BitwiseCopyable, Equatable, Sendable {
  /// Counts up from 1 on each thread; 0 where nothing was written, negative where it is not known
  /// what was.
  public let number: Int32

  public static let none = Passage(number: 0)
  public static let unknown = Passage(number: -1)
  /// Of no text.
  static let never = Passage(number: .min)
}

/// Numbers passages: each is a shorter one, or none, and the text of a statement after it.
struct PassageNumbers {
  /// The text that makes a longer passage of a shorter one.
  private struct Step {
    let from: Int32
    let to: Int32
    /// The next of the same statement, or -1.
    let next: Int
  }

  private var steps: [Step] = []
  /// How many texts each passage consists of.
  private var lengths: [UInt8] = [0]

  /// More texts in a row than this are not worth remembering: a loop without values may write
  /// millions.
  private static let longest = 8
  private static let most = 4096
  /// So many ways may lead to one statement.
  private static let mostWays = 8

  /// The passage that a statement's text makes of another, if it came before.
  ///
  /// - Parameter first: the first step of the statement, -1 for none yet.
  @inline(__always)
  func known(after passage: Passage, first: Int) -> Passage? {
    var step = first
    while step >= 0 {
      if steps[step].from == passage.number { return Passage(number: steps[step].to) }
      step = steps[step].next
    }
    return nil
  }

  @inline(never)
  mutating func new(after passage: Passage, first: inout Int) -> Passage {
    guard passage.number >= 0, lengths.count < PassageNumbers.most,
      lengths[Int(passage.number)] < PassageNumbers.longest,
      ways(from: first) < PassageNumbers.mostWays
    else { return .unknown }
    let number = Int32(lengths.count)
    lengths.append(lengths[Int(passage.number)] + 1)
    steps.append(Step(from: passage.number, to: number, next: first))
    first = steps.count - 1
    return Passage(number: number)
  }

  private func ways(from first: Int) -> Int {
    var (step, count) = (first, 0)
    while step >= 0 { (step, count) = (steps[step].next, count + 1) }
    return count
  }
}
