"""What lies under a folder, on trees as the kernel shows them; and on this machine, whatever it says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tocsin.engine.volumes import Volume, find_swap, find_volume


class Machine:
    """A ``/proc`` and a ``/sys`` of our own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts: list[str] = []
        (root / "proc/self").mkdir(parents=True)

    def mount(self, point: str, device: str, kind: str = "ext4", source: str = "/dev/x", options: str = "rw") -> None:
        self.mounts.append(f"{len(self.mounts)} 1 {device} / {point} rw,relatime shared:1 - {kind} {source} {options}")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n", "utf-8")

    def device(self, number: str, *, uuid: str = "", on: dict[str, str] | None = None, file: str = "") -> None:
        entry = self.root / "sys/dev/block" / number
        entry.mkdir(parents=True)
        if uuid:
            (entry / "dm").mkdir()
            (entry / "dm/uuid").write_text(uuid + "\n", "utf-8")
        if file:
            (entry / "loop").mkdir()
            (entry / "loop/backing_file").write_text(file + "\n", "utf-8")
        for name, lower in (on or {}).items():
            (entry / "slaves" / name).mkdir(parents=True)
            (entry / "slaves" / name / "dev").write_text(lower + "\n", "utf-8")

    def state_of(self, folder: str) -> str:
        return find_volume(Path(folder), self.root).state


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.mount("/", "8:1")
    made.device("8:1")
    return made


def test_a_plain_disk_is_in_clear(machine: Machine) -> None:
    assert find_volume(Path("/srv/case"), machine.root) == Volume("clear", "/dev/x")


def test_luks_is_encrypted_and_what_stands_on_it(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.device("253:1", uuid="LVM-abc", on={"dm-0": "253:0"})
    machine.mount("/srv/luks", "253:0")
    machine.mount("/srv/lvm", "253:1")
    assert machine.state_of("/srv/luks/case") == machine.state_of("/srv/lvm/case") == "encrypted"
    assert machine.state_of("/srv/other") == "clear"


def test_a_volume_over_two_disks_is_as_clear_as_the_clearer(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.device("9:0", on={"dm-0": "253:0", "sda1": "8:1"})
    machine.mount("/srv/raid", "9:0")
    assert machine.state_of("/srv/raid") == "clear"


def test_the_last_mount_on_a_folder_hides_the_earlier(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.mount("/srv/case", "253:0")
    machine.mount("/srv/case", "8:1")
    assert machine.state_of("/srv/case") == "clear"


def test_a_folder_whose_name_begins_like_a_mount_is_not_in_it(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.mount("/srv/case", "253:0")
    assert machine.state_of("/srv/case-copy") == "clear"


def test_names_with_spaces_are_read(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-PLAIN-x")
    machine.mount(r"/srv/le\040dossier", "253:0")
    assert machine.state_of("/srv/le dossier/runs") == "encrypted"


def test_a_loop_device_is_where_its_file_is(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.mount("/safe", "253:0")
    machine.device("7:0", file="/safe/disk.img")
    machine.mount("/srv/loop", "7:0")
    assert machine.state_of("/srv/loop") == "encrypted"


@pytest.mark.parametrize(
    ("kind", "state"),
    [("nfs4", "unknown"), ("zfs", "unknown"), ("fuse.gocryptfs", "encrypted"), ("ecryptfs", "encrypted"),
     ("tmpfs", "memory"), ("btrfs", "unknown")],
)  # fmt: skip
def test_file_systems_without_a_device(machine: Machine, kind: str, state: str) -> None:
    machine.mount("/srv/case", "0:42", kind=kind, source="nowhere")
    assert machine.state_of("/srv/case") == state


def test_a_container_writes_where_its_upper_layer_is(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS2-0badc0de-luks")
    machine.mount("/layers", "253:0")
    machine.mount("/srv/case", "0:50", kind="overlay", options="rw,lowerdir=/a,upperdir=/layers/up,workdir=/layers/w")
    assert machine.state_of("/srv/case") == "encrypted"


def test_an_unknown_device_or_kernel_is_not_called_encrypted(machine: Machine, tmp_path: Path) -> None:
    machine.mount("/srv/case", "99:9")
    assert machine.state_of("/srv/case") == "unknown"
    assert find_volume(Path("/srv"), tmp_path / "nothing").state == "unknown"


def test_swap_is_looked_at_too(machine: Machine) -> None:
    swaps = machine.root / "proc/swaps"
    swaps.write_text("Filename Type Size Used Priority\n", "utf-8")
    assert find_swap(machine.root) == []
    swaps.write_text("Filename Type Size Used Priority\n/swapfile file 1 0 -2\n/dev/zram0 partition 1 0 5\n", "utf-8")
    assert [area.state for area in find_swap(machine.root)] == ["clear", "memory"]
    assert find_swap(machine.root / "nothing")[0].state == "unknown"


@pytest.mark.skipif(
    not (shutil.which("gocryptfs") and shutil.which("fusermount") and Path("/dev/fuse").exists()),
    reason="gocryptfs, fusermount or /dev/fuse is not here",
)
def test_a_real_encrypted_folder(tmp_path: Path) -> None:
    cipher, plain = tmp_path / "cipher", tmp_path / "plain"
    cipher.mkdir()
    plain.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("for this test only\n", "utf-8")
    subprocess.run(["gocryptfs", "-q", "-init", "-scryptn", "10", "-passfile", secret, cipher], check=True)
    subprocess.run(["gocryptfs", "-q", "-passfile", secret, cipher, plain], check=True)
    try:
        assert find_volume(plain).is_encrypted
    finally:
        subprocess.run(["fusermount", "-u", plain], check=True)
    assert not find_volume(plain).is_encrypted
