"""What Jinja2 and MiniJinja make of templates.

Reads a list of jobs as JSON from standard input, each {"templates": {name: text}, "main": name,
"data": JSON as a string, "options": {…}}, and answers with a list of one object a job:
{"jinja2": {"output": "…"} or {"error": "…"}, "minijinja": the same}.

Options: trim_blocks, lstrip_blocks, keep_trailing_newline, escape, strict (all true or false).
"""

import json
import os
import sys

import jinja2
import minijinja

WHITE_SPACE = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline")


def by_jinja2(job, data):
    options = job["options"]
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(job["templates"]),
        extensions=["jinja2.ext.do"],
        autoescape=options["escape"],
        undefined=jinja2.StrictUndefined if options["strict"] else jinja2.Undefined,
        **{name: options[name] for name in WHITE_SPACE},
    )
    return environment.get_template(job["main"]).render(data)


def by_minijinja(job, data):
    options = job["options"]
    environment = minijinja.Environment(
        loader=job["templates"].get,
        auto_escape_callback=lambda name: "html" if options["escape"] else False,
        undefined_behavior="strict" if options["strict"] else "lenient",
        fuel=1_000_000,
        **{name: options[name] for name in WHITE_SPACE},
    )
    output = environment.render_template(job["main"], **data)
    # The same characters, written as Jinja2 writes them.
    for theirs, ours in (("&quot;", "&#34;"), ("&#x27;", "&#39;"), ("&#x2f;", "/")):
        output = output.replace(theirs, ours)
    return output


def outcome(render, job):
    try:
        return {"output": str(render(job, json.loads(job["data"])))}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Whatever an engine throws is its refusal, a panic too.
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0]}


def main():
    # MiniJinja's panics write there, and the test reads both streams as one.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    answers = [
        {"jinja2": outcome(by_jinja2, job), "minijinja": outcome(by_minijinja, job)}
        for job in json.load(sys.stdin)
    ]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
