"""Start one command and print what it took: wall seconds, seconds of the processor, peak memory, exit code.

python -I launch.py SAID COMMAND...

The system counts no process as smaller than the one that starts it. So a benchmark, which may itself have grown,
has this small one start what it measures. What the command prints goes to the file SAID.
"""

import os
import sys
import time

said, *command = sys.argv[1:]
streams = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, said, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
os.sync()  # the time starts with nothing left to be written to the disk
start = time.perf_counter()
_, status, used = os.wait4(os.posix_spawnp(command[0], command, os.environ, file_actions=streams), 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))
