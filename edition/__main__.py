"""`python -m edition` is the same as the command `edition`."""

from edition.cli import main

raise SystemExit(main())
