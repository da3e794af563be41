"""Whether a folder lies on an encrypted volume, as the kernel says: our own copy must not be the next breach.

Linux tells what each folder is mounted on (``/proc/self/mountinfo``, proc(5)) and what each block device stands on
(``/sys/dev/block/*/slaves``, ``dm/uuid``: device-mapper names its encrypted targets ``CRYPT-…``). A disk that the host
or the drive encrypts below the kernel is in clear for the kernel: nothing here ever takes it for encrypted.

>>> Volume("unknown", "a remote folder").is_encrypted
False
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["encrypted", "clear", "unknown", "memory"]
FILE_SYSTEMS: dict[str, State] = {
    "ecryptfs": "encrypted", "fuse.gocryptfs": "encrypted", "fuse.cryfs": "encrypted", "fuse.encfs": "encrypted",
    "fuse.securefs": "encrypted", "tmpfs": "memory", "ramfs": "memory",
}  # fmt: skip
"""What some file systems say of themselves."""
GET_FLAGS, ENCRYPTED_FLAG = 0x80086601, 0x00000800
"""``FS_IOC_GETFLAGS`` and ``FS_ENCRYPT_FL`` (linux/fs.h): a folder that ext4, f2fs or ubifs encrypts by itself."""


@dataclass(frozen=True)
class Volume:
    """What lies under a folder."""

    state: State
    what: str
    """The device or file system that was found, for who must check it."""

    @property
    def is_encrypted(self) -> bool:
        """Whether the kernel itself encrypts it."""
        return self.state == "encrypted"


@dataclass(frozen=True)
class Mount:
    """One line of ``mountinfo``."""

    device: str
    point: Path
    kind: str
    source: str
    options: str


def find_volume(folder: Path, root: Path = Path("/")) -> Volume:
    """The volume of ``folder``; ``root`` is where ``proc`` and ``sys`` are read."""
    place = folder.resolve()
    if _is_encrypted_by_file_system(place):
        return Volume("encrypted", "fscrypt")
    try:
        mounts = list(_mounts(root))
    except OSError:
        return Volume("unknown", "no /proc")
    holding = [mount for mount in mounts if place.is_relative_to(mount.point)]
    if not holding:
        return Volume("unknown", str(place))
    # the last of the deepest: a later mount hides an earlier one on the same folder
    mount = max(enumerate(holding), key=lambda item: (len(item[1].point.parts), item[0]))[1]
    return _volume_of(mount, root)


def find_swap(root: Path = Path("/")) -> list[Volume]:
    """Where the kernel may write memory to: none, or each swap area."""
    try:
        lines = (root / "proc/swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return [Volume("unknown", "no /proc/swaps")]
    areas = []
    for line in lines:
        name, kind = line.split()[:2]
        path = Path(name)
        if kind == "file":
            areas.append(find_volume(path, root))
        elif re.fullmatch(r"zram\d+", path.name):
            areas.append(Volume("memory", name))
        else:
            areas.append(_of_device_node(path, root))
    return areas


def _mounts(root: Path) -> Iterator[Mount]:
    for line in (root / "proc/self/mountinfo").read_text("utf-8").splitlines():
        own, _, shown = line.partition(" - ")
        fields, (kind, source, *options) = own.split(" "), shown.split(" ")
        yield Mount(fields[2], Path(_unescape(fields[4])), kind, _unescape(source), " ".join(options))


def _unescape(text: str) -> str:
    """Spaces, tabs, line ends and backslashes are written in octal (proc(5))."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), text)


def _volume_of(mount: Mount, root: Path) -> Volume:
    if mount.kind in FILE_SYSTEMS:
        return Volume(FILE_SYSTEMS[mount.kind], mount.kind)
    if mount.kind == "overlay":
        upper = re.search(r"upperdir=([^,]+)", mount.options)
        return find_volume(Path(_unescape(upper.group(1))), root) if upper else Volume("unknown", "overlay")
    if mount.device.startswith("0:"):
        # no block device of its own: btrfs names one, remote and pooled file systems do not
        return _of_device_node(Path(mount.source), root) if mount.kind == "btrfs" else Volume("unknown", mount.kind)
    return _of_device(mount.device, mount.source, root)


def _of_device_node(path: Path, root: Path) -> Volume:
    try:
        number = path.stat().st_rdev
    except OSError:
        return Volume("unknown", str(path))
    return _of_device(f"{os.major(number)}:{os.minor(number)}", str(path), root)


def _of_device(number: str, name: str, root: Path) -> Volume:
    """Encrypted when the device is, or when all that it stands on is."""
    entry = root / "sys/dev/block" / number
    try:
        is_target = (entry / "dm/uuid").read_text("utf-8").startswith("CRYPT-")
    except OSError:
        is_target = False
    if is_target:
        return Volume("encrypted", name)
    backing = entry / "loop/backing_file"
    if backing.exists():
        return find_volume(Path(backing.read_text("utf-8").strip()), root)
    below = sorted((entry / "slaves").glob("*")) if (entry / "slaves").is_dir() else []
    under = [_of_device((lower / "dev").read_text("utf-8").strip(), lower.name, root) for lower in below]
    if under:
        worst = next((volume for volume in under if not volume.is_encrypted), under[0])
        return Volume(worst.state, f"{name} ({worst.what})")
    return Volume("clear" if entry.exists() else "unknown", name)


def _is_encrypted_by_file_system(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        (flags,) = struct.unpack("i", fcntl.ioctl(handle, GET_FLAGS, struct.pack("i", 0)))
    except OSError:
        return False
    finally:
        os.close(handle)
    return bool(flags & ENCRYPTED_FLAG)
