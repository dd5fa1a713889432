"""``python -m crmlib`` is the ``crmlib`` command."""

from crmlib.kit.cli import main

if __name__ == "__main__":
    main()
