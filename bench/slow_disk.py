"""A slow disk: a small preloaded library delays fsync by 10 ms, for a part that runs in a process of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slowed(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    usleep(10000);
    return real(fd);
}
int fsync(int fd) { return slowed("fsync", fd); }
int fdatasync(int fd) { return slowed("fdatasync", fd); }
"""


def prefix(folder: Path) -> list[str] | None:
    """Give the words that start a command with a slow disk; None where no compiler is, or it is not Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(SOURCE)
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=False, capture_output=True
    )
    return ["env", f"LD_PRELOAD={library}"] if built.returncode == 0 else None
