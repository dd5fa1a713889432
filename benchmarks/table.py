"""All benchmarks that need no environment of their own, at modest sizes, in one table: `make benchmark`.

    python benchmarks/table.py               measure all and print the table (a quarter of an hour)
    python benchmarks/table.py --readme      and write it into README.md; rows of other sizes there stay
    python benchmarks/table.py --only calls  only some of them
    python benchmarks/table.py --print       print what README.md has

Larger sizes, and the libraries beside which ours stand: each script says how.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

import measure

# Each script with what makes it modest; the names are those of the scripts.
MODEST = {
    "summarize_customers": ["--lines", "1000000", "10000000", "--rounds", "3"],
    "counting": ["--lines", "10000000", "--rounds", "1"],
    "parts": ["--rounds", "3"],
    "calls": ["--lines", "1000000", "10000000"],
    "purchases": [],
    "fitting": ["--rounds", "3"],
    "rating": ["--customers", "20000"],
    "linkage": ["--records", "20000"],
    "intake": ["--lines", "1000000", "--rounds", "1"],
    "run": ["--lines", "1000000"],
    "imports": ["--rounds", "3"],
    "growth": ["--lines", "1000000", "2000000", "5000000", "--customers", "10000", "500000", "--notebooks", "1", "2"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MODEST), default=list(MODEST))
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--print", action="store_true", help="measure nothing, print what there is")
    options = parser.parse_args()
    if options.print:
        print(measure.table_of(json.loads(measure.FIGURES.read_text(encoding="utf-8"))))
        return
    kept = measure.BUILD / "figures.json"
    kept.unlink(missing_ok=True)
    for name in options.only:
        print(name, file=sys.stderr)
        command = [sys.executable, str(measure.HERE / f"{name}.py"), *MODEST[name], "--keep", str(kept)]
        command += ["--readme"] if options.readme else []
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(measure.table_of(json.loads(kept.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
