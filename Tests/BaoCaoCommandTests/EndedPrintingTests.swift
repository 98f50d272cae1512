import Foundation
import Testing

/// An engine of WeasyPrint never outlives the program, and an end of either leaves nothing behind.
@Suite struct EndedPrintingTests {
  /// A WeasyPrint that tells its number and then works for a minute.
  private static let prepare = """
    mkdir may; printf '#!/usr/bin/python3 -B\\n' > may/weasyprint
    cat > may/weasyprint.py <<'END'
    import os, sys, time, types
    __path__, __version__ = [], '0'
    for name in ('text', 'text.fonts'):
        sys.modules['weasyprint.' + name] = types.ModuleType('weasyprint.' + name)
    sys.modules['weasyprint.text.fonts'].FontConfiguration = object
    class HTML:
        def __init__(self, **options):
            open('so.%d' % os.getpid(), 'w').close()
            end = time.time() + 60
            while time.time() < end:
                pass
    END
    export PYTHONPATH=may BAOCAO_WEASYPRINT=./may/weasyprint
    # Runs a program that hears all signals: those of the threads that tests run on are blocked.
    hearing() {
      exec python3 -c 'import os, signal, sys
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    os.execv(sys.argv[1], sys.argv[1:])' "$@"
    }
    # Waits until so many engines work, and prints nothing but what is wrong.
    engines() { for i in {1..200}; do test $(ls so.* 2> /dev/null | wc -l) = $1 && return; sleep 0.05; done; echo no engine; }
    gone() {
      for i in {1..100}; do
        alive=$(for f in so.*; do kill -0 ${f#so.} 2> /dev/null && echo $f; done)
        test -z "$alive" && { rm -f so.*; return; }; sleep 0.05
      done; echo still there: $alive
    }

    """

  @Test(
    "the program is interrupted, or killed, in the midst of a page",
    arguments: ["INT", "TERM", "KILL"])
  func program(signal: String) throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      set -m; hearing "$PROGRAM" render $report --to pdf > /dev/null 2>&1 & p=$!
      engines 1; kill -\(signal) $p; wait $p 2> /dev/null; echo $?; gone; ls out 2> /dev/null
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    #expect(printed == ["INT": "130", "TERM": "143", "KILL": "137"][signal], "\(printed)")
  }

  @Test("an engine is killed in the midst of a page, and the program tells") func engine() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      "$PROGRAM" render $report --mau tin-bai --to pdf > /dev/null 2> loi & p=$!
      engines 1; kill -KILL $(ls so.* | sed s/so.//); wait $p; echo $?; codes < loi; ls out 2> /dev/null
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    #expect(printed == "1\n[P004]", "\(printed)")
  }
}
