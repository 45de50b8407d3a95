"""On Linux, takes from a child process the system calls that no reader of documents needs."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_KILL = 0x80000000
_CLONE_THREAD = 0x00010000
_WRITES = 0o3 | 0o100 | 0o1000 | 0o2000  # O_WRONLY | O_RDWR, O_CREAT, O_TRUNC, O_APPEND

# Offsets in struct seccomp_data.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16

#: Denied on both machines: network, programs, other processes, changing files, kernel interfaces.
_DENIED = {
    "x86_64": (
        *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # socket, connect, accept, send*, bind, listen, socketpair
        *(57, 58, 59, 322),  # fork, vfork, execve, execveat
        *(62, 101, 310, 311, 424, 438, 434),  # kill, ptrace, process_vm_*, pidfd_*
        *(76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 133),  # truncate, rename, mkdir, rmdir, creat, link, ...
        *(258, 259, 260, 263, 264, 265, 266, 268, 316, 452),  # the same, *at
        *(161, 165, 166, 155, 272, 308),  # chroot, mount, umount, pivot_root, unshare, setns
        *(246, 250, 248, 249, 298, 321, 323, 425, 426, 427),  # kexec, keys, perf, bpf, userfaultfd, io_uring
        *(29, 30, 31, 64, 68, 69, 71, 240, 437),  # shared memory, semaphores, message queues, openat2
    ),
    "aarch64": (
        *(198, 203, 202, 206, 211, 200, 201, 199, 242, 269),
        *(221, 281),
        *(129, 117, 270, 271, 424, 438, 434),
        *(45, 33, 34, 35, 36, 37, 38, 53, 54, 276, 452),
        *(51, 40, 39, 41, 97, 268),
        *(104, 217, 218, 219, 241, 280, 282, 425, 426, 427),
        *(194, 195, 196, 190, 193, 186, 189, 180, 437),
    ),
}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_OPENAT = {"x86_64": 257, "aarch64": 56}
_OPEN = {"x86_64": 2}
_AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _return(action: int) -> bytes:
    return _op(_RETURN, action)


def _deny_when(number: int, argument: int, bits: int, *, set_bits: bool) -> list[bytes]:
    """Deny call ``number`` when any of ``bits`` is set (or none, with ``set_bits`` False) in an argument."""
    verdict = (1, 0) if set_bits else (0, 1)
    return [
        _op(_JUMP_EQUAL, number, 0, 4),
        _op(_LOAD, _FIRST_ARGUMENT + 8 * argument),
        _op(_JUMP_ANY_BIT, bits, *verdict),
        _return(_ALLOW),
        _return(_ERRNO | errno.EPERM),
    ]


def _program(machine: str) -> bytes:
    ops = [
        _op(_LOAD, _ARCHITECTURE),
        _op(_JUMP_EQUAL, _AUDIT_ARCHITECTURE[machine], 1, 0),
        _return(_KILL),
        _op(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":  # the x32 numbers would be a way round
        ops += [_op(_JUMP_AT_LEAST, 0x40000000, 0, 1), _return(_ERRNO | errno.EPERM)]
    # The C library falls back to clone, whose flags can be looked at, when clone3 is not there.
    ops += [_op(_JUMP_EQUAL, _CLONE3, 0, 1), _return(_ERRNO | errno.ENOSYS)]
    for number in _DENIED[machine]:
        ops += [_op(_JUMP_EQUAL, number, 0, 1), _return(_ERRNO | errno.EPERM)]
    ops += _deny_when(_CLONE[machine], 0, _CLONE_THREAD, set_bits=False)
    ops += _deny_when(_OPENAT[machine], 2, _WRITES, set_bits=True)
    if machine in _OPEN:
        ops += _deny_when(_OPEN[machine], 1, _WRITES, set_bits=True)
    return b"".join([*ops, _return(_ALLOW)])


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("ops", ctypes.c_void_p))


def deny_system_calls() -> bool:
    """Deny them for this process from now on, in native code too; False where that is not possible."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _DENIED:
        return False
    program = _program(machine)
    kept = ctypes.create_string_buffer(program, len(program))
    handed = _Filter(len(program) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(handed), 0, 0) == 0)
