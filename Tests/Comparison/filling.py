"""One template filled by this program, MiniJinja and Jinja2, and the processor time it takes them.

Ours: `baocao fill` over N copies of the data less that over one, files read and written included.
Theirs: JSON parsed and filled, in process; the template is compiled before.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

try:
    import jinja2
    import minijinja
except ModuleNotFoundError:
    python = f"{ROOT}/.build-tools/bin/python3"
    if not os.path.exists(python) or sys.executable.startswith(f"{ROOT}/.build-tools"):
        sys.exit("jinja2 and minijinja are not here: .ci/install --test installs them")
    os.execv(python, [python, *sys.argv])

MAIN = "mau.md.jinja"
OPTIONS = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
MINIJINJA, JINJA2 = "MiniJinja", "Jinja2"
BINARY = os.environ.get("BAOCAO", f"{ROOT}/.build/release/baocao")
# Files in memory, where the system has such a folder.
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None


def jinja2_fill(templates, escape="none"):
    """How Jinja2 fills a template of these with JSON."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.do"],
        autoescape=escape == "html",
        **OPTIONS,
    )
    template = environment.get_template(MAIN)
    return lambda data: template.render(json.loads(data))


def minijinja_fill(templates, escape="none"):
    """How MiniJinja does it."""
    environment = minijinja.Environment(
        templates=templates,
        undefined_behavior="strict",
        auto_escape_callback=lambda name: None if escape == "none" else escape,
        **OPTIONS,
    )
    return lambda data: environment.render_template(MAIN, **json.loads(data))


PEERS = {MINIJINJA: minijinja_fill, JINJA2: jinja2_fill}


def seconds_in_process(fill, aim):
    """Processor time of one filling, over as many as take `aim` seconds."""
    count, start = 0, time.process_time()
    while True:
        fill()
        count += 1
        spent = time.process_time() - start
        if spent >= aim:
            return spent / count


class Ours:
    """`baocao fill` over a folder of copies of a data file, `kind` json or rec."""

    def __init__(self, binary, work, templates, data, kind="json", escape="none"):
        self.binary, self.kind, self.escape = binary, kind, escape
        self.folder, self.least = tempfile.mkdtemp(dir=work), {}
        self.data = f"{self.folder}/data.{kind}"
        for name, text in templates.items():
            with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        with open(self.data, "w", encoding="utf-8") as file:
            file.write(data)

    def remove(self):
        shutil.rmtree(self.folder)

    def command(self, data, *options):
        fill = [self.binary, "fill", f"{self.folder}/{MAIN}", data, "--escape", self.escape]
        return [*fill, "--to", "markdown", *options]

    def text(self):
        """What comes of the template."""
        done = subprocess.run(self.command(self.data, "-o", "-"), capture_output=True)
        if done.returncode != 0:
            raise ValueError(done.stderr.decode())
        return done.stdout.decode()

    def copies(self, count):
        folder = f"{self.folder}/{count}"
        if not os.path.exists(folder):
            os.mkdir(folder)
            for index in range(count):
                os.link(self.data, f"{folder}/{index}.{self.kind}")
        return folder

    def total(self, count):
        """Processor time of one process over so many copies."""
        out = f"{self.folder}/out"
        command = self.command(self.copies(count), "--jobs", "1", "--output", out)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.check_call(command, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def run(self, count):
        for each in (1, count):
            self.least[each] = min(self.least.get(each, 1e9), self.total(each))

    def count(self, aim):
        """How many copies take about `aim` seconds."""
        self.run(11)
        return max(11, min(1001, int(aim / max(self.seconds(11), 5e-6)) + 1))

    def seconds(self, count):
        """The least that one further copy took."""
        return (self.least[count] - self.least[1]) / (count - 1)


def measure(ours, peers, rounds, aim):
    """Seconds a filling by name: the least of several rounds, in turns, so that what slows the
    machine for a moment slows nobody in all rounds. Both parameters by name."""
    counts = {name: each.count(aim) for name, each in ours.items()}
    times = {}
    for _ in range(rounds):
        for name, fill in peers.items():
            seconds = seconds_in_process(fill, aim)
            times[name] = min(times.get(name, seconds), seconds)
        for name, each in ours.items():
            each.run(counts[name])
    return times | {name: each.seconds(counts[name]) for name, each in ours.items()}
