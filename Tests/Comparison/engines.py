"""Jinja2 and MiniJinja for the comparison: what they make of the reports, and the time it takes.

Each line of standard input is a request in JSON, answered by a line of JSON. The first,
{"template": text, "reports": [JSON as a string, ...]}, by the names of the engines that are here;
the others, [engine's number, task], by all texts for the task "texts", by seconds of the
processor's time for "filled" and "parsed and filled".
"""

import importlib.metadata
import json
import sys
import time

OPTIONS = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


def so(number):
    return f"{number:,}".replace(",", ".")


def ngay_dang(date):
    return "/".join(reversed(date.split("-")))


def jinja2_render(text):
    import jinja2

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, **OPTIONS)
    environment.filters.update(so=so, ngay_dang=ngay_dang)
    return environment.from_string(text).render


def minijinja_render(text):
    import minijinja

    environment = minijinja.Environment(
        templates={"report": text},
        filters={"so": so, "ngay_dang": ngay_dang},
        undefined_behavior="strict",
        **OPTIONS,
    )
    return lambda values: environment.render_template("report", **values)


def engines(text):
    """The engines that are installed: each one's name with its version, and how it fills."""
    for name, render in (("Jinja2", jinja2_render), ("MiniJinja", minijinja_render)):
        try:
            yield f"{name} {importlib.metadata.version(name)}, from Python", render(text)
        except ModuleNotFoundError:
            print(f"{name} is not here", file=sys.stderr)


def answer(task, render, reports, values):
    if task == "texts":
        return [render(each) for each in values]
    start = time.process_time()
    if task == "filled":
        for each in values:
            render(each)
    else:
        for each in reports:
            render(json.loads(each))
    return time.process_time() - start


def main():
    setup = json.loads(sys.stdin.readline())
    reports = setup["reports"]
    values = [json.loads(each) for each in reports]
    found = list(engines(setup["template"]))
    print(json.dumps([name for name, _ in found]), flush=True)
    for line in sys.stdin:
        number, task = json.loads(line)
        print(json.dumps(answer(task, found[number][1], reports, values)), flush=True)


if __name__ == "__main__":
    main()
