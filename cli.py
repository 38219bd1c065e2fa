"""Start zhifa from a checkout: ``python cli.py …`` does what the installed command ``zhifa …`` does."""

from __future__ import annotations

from zhifa_flow.cli.main import main

if __name__ == "__main__":
    main()
