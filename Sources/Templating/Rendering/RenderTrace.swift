import Texts

/// The parts of some data that renderings wrote, and the names of numbers, which have no place.
public final class RenderTrace {
  private let source: Source
  /// For each byte of the source whether a text that was written begins with it.
  private var beginnings: [Bool]
  /// The last names of the expressions that gave numbers: `ky_truoc` of `s.ky_truoc`.
  public private(set) var numbers: Set<Text> = []

  /// - Parameter source: that of the data.
  public init(of source: Source) {
    self.source = source
    beginnings = [Bool](repeating: false, count: source.bytes.count)
  }

  /// Tells whether a text was written that begins within one of the data.
  public func wrote(_ text: Text) -> Bool {
    let place = text.place
    guard place.source === source else { return false }
    return beginnings[Int(place.range.start)..<Int(place.range.end)].contains(true)
  }

  func note(_ text: Text) {
    let place = text.place
    let start = Int(place.range.start)
    if place.source === source, start < beginnings.count { beginnings[start] = true }
  }

  func noteNumber(_ expression: Text) {
    let name = expression.bytes.reversed().prefix { $0 != UInt8(ascii: ".") && $0 > 0x20 }
    numbers.insert(expression.part((expression.count - name.count)..<expression.count))
  }
}

extension Renderer {
  /// Notes what is written, where that is traced.
  @inline(__always)
  func trace(_ operand: Operand, _ id: ExpressionID) {
    if memory.trace != nil { traceValue(operand, id) }
  }

  @inline(never)
  private func traceValue(_ operand: Operand, _ id: ExpressionID) {
    let value = operand.value
    if let text = value.asText {
      memory.trace?.note(text)
    } else if value.asDecimal != nil {
      memory.trace?.noteNumber(place(of: unfiltered(id)))
    }
  }
}
