"""python -m crmlib.simulate FOLDER --customers N --seed S"""

from __future__ import annotations

from pathlib import Path

import click

from crmlib.simulate import SEED, write_company


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--customers", default=3000, show_default=True, type=click.IntRange(1), help="Customer records.")
@click.option("--seed", default=SEED, show_default=True, type=click.IntRange(0), help="Another gives another company.")
def main(folder: Path, customers: int, seed: int) -> None:
    """Write the teaching company (simulated) to FOLDER."""
    with click.progressbar(length=customers, label="Simulating customers") as bar:

        def progress(done: int, _: int) -> None:
            bar.update(done - bar.pos)

        written = write_company(folder, n_customers=customers, seed=seed, progress=progress)
    size = sum(path.stat().st_size for path in written) / 1e6
    click.echo(f"{len(written)} files, {size:.1f} MB, in {folder}")


if __name__ == "__main__":
    main()
