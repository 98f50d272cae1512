"""Has openxml-audit look at every file of Word in a folder; prints what it finds."""
import contextlib, io, os, sys
import openxml_audit.cli

folder, bad = sys.argv[1], 0
for name in sorted(os.listdir(folder)):
    if not name.endswith(".docx"):
        continue
    output = io.StringIO()
    sys.argv = ["openxml-audit", os.path.join(folder, name)]
    with contextlib.redirect_stdout(output):
        try:
            status = openxml_audit.cli.main()
        except SystemExit as end:
            status = end.code
    if status:
        bad += 1
        print(name, output.getvalue())
sys.exit(1 if bad else 0)
