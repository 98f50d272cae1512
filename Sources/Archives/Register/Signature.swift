import Diagnostics
import Reports

/// A detached signature over the head of a register, made and checked by a tool of its own:
/// `ssh-keygen -Y sign` or `minisign -S`.
public enum Signature {
  /// What the tools put behind the name of the file.
  static let suffixes = [".sig", ".minisig"]
  /// What an SSH signature is for, so that one made for something else does not pass.
  static let namespace = "baocao"

  /// Those whose signatures count.
  public struct Signers: Sendable {
    /// A file of allowed signers, as `ssh-keygen` reads it.
    let allowed: String?
    /// A public key of `minisign`.
    let key: String?

    public init(allowed: String?, key: String?) { (self.allowed, self.key) = (allowed, key) }
  }

  /// What is wrong with a signature; nil where it is one of theirs.
  public static func problem(
    of signature: String, over head: String, by signers: Signers
  ) -> Diagnostic? {
    let answer: RegisterProblem?
    if signature.hasSuffix(".minisig") {
      guard let key = signers.key else { return unchecked(signature) }
      answer = check(
        ["minisign", "-V", "-q", "-m", head, "-x", signature, "-p", key], of: signature)
    } else {
      guard let allowed = signers.allowed else { return unchecked(signature) }
      answer = sshProblem(of: signature, over: head, allowed)
    }
    return answer.map { Diagnostic(.archive(.register($0)), at: nil) }
  }

  private static func unchecked(_ signature: String) -> Diagnostic {
    Diagnostic(.archive(.register(.uncheckedSignature(path: signature))), at: nil)
  }

  private static func sshProblem(
    of signature: String, over head: String, _ allowed: String
  ) -> RegisterProblem? {
    let tool = "ssh-keygen"
    guard
      let found = OutsideTool.run([tool, "-Y", "find-principals", "-s", signature, "-f", allowed])
    else { return .noTool(tool) }
    guard found.status == 0, let signer = found.output.split(separator: "\n").first else {
      return .badSignature(path: signature, tool: tool)
    }
    let words = [
      tool, "-Y", "verify", "-f", allowed, "-I", String(signer), "-n", namespace, "-s", signature,
    ]
    return check(words, of: signature, input: head)
  }

  private static func check(
    _ words: [String], of signature: String, input: String = "/dev/null"
  ) -> RegisterProblem? {
    guard let answer = OutsideTool.run(words, input: input) else { return .noTool(words[0]) }
    return answer.status == 0 ? nil : .badSignature(path: signature, tool: words[0])
  }
}
