"""Print the n-th fenced ``sh`` block of README.md, so that what CI runs is what a reader types."""

import re
import sys
from pathlib import Path

text = Path("README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
sys.stdout.write(blocks[int(sys.argv[1]) - 1])
