import Diagnostics
import Texts
import Vietnamese

/// A value that a description may have, and where it was written; nil for one that was worked out.
struct DescribedValue: Sendable {
  let text: String
  let place: Text?

  init(_ text: String, at place: Text? = nil) { (self.text, self.place) = (text, place) }
}

/// The fields by which a packet describes a hồ sơ or a document, in the order of its profile.
struct Description: Sendable {
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var problems: [Diagnostic] = []

  /// - Parameters:
  ///   - owner: what is described, as messages name it.
  ///   - place: where it is, if that is a text.
  ///   - values: all that is known of it, by the names that the profile has for their sources.
  init(
    of owner: String, at place: Text?, _ rules: [PacketProfile.FieldRule],
    _ values: [String: DescribedValue], _ profile: PacketProfile
  ) {
    for rule in rules {
      let value = rule.sources.lazy.compactMap { values[$0] }.first { !$0.text.isEmpty }
      guard let value else {
        if rule.isRequired { tellMissing(rule.name, rule.sources, owner, place) }
        fields.append((rule.name, ""))
        continue
      }
      do throws(Diagnostic) {
        let written = try rule.isDay ? Self.day(value) : profile.code(of: value, field: rule.name)
        fields.append((rule.name, written))
        if let limit = rule.limit, written.count > limit {
          let problem = HandOverProblem.tooLong(
            owner: owner, field: rule.name, count: written.count, limit: limit)
          problems.append(Diagnostic(.archive(.handOver(problem)), at: value.place))
        }
      } catch {
        problems.append(error)
      }
    }
  }

  mutating func tellMissing(_ name: String, _ sources: [String], _ owner: String, _ place: Text?) {
    let problem = HandOverProblem.missingField(owner: owner, field: name, sources: sources)
    problems.append(Diagnostic(.archive(.handOver(problem)), at: place))
  }

  /// `2026-08-10`
  private static func day(_ value: DescribedValue) throws(Diagnostic) -> String {
    try CalendarDate(value.place ?? Text(value.text)).iso
  }
}
