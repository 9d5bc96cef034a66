"""Ceilings a process puts on itself before it touches what others wrote."""

import resource


def limit_process(memory: int, file_size: int) -> None:
    """Cap address space and file size, in bytes, for the rest of this process, and forbid core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds: int) -> None:
    """End this process when it uses ``seconds`` more processor time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    budget = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (budget, resource.RLIM_INFINITY))
