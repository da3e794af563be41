"""What ``tocsin run`` says of the evidence: each remark at its place, with what to do."""

from __future__ import annotations

from tocsin.analysis.remedies import words_of
from tocsin.analysis.run import Run
from tocsin.cli.screen import number, screen
from tocsin.language import _

MANY = 40


def print_remarks(done: Run) -> None:
    """Remarks for people; beyond ``MANY``, the others are in ``run.json``."""
    remarks = done.manifest["remarks"]
    if not remarks:
        return
    screen.print()
    screen.print(_("To look at before trusting a figure:"), markup=False, style="bold")
    for item in remarks[:MANY]:
        what, remedy = words_of(item["code"])
        example = f" ({item['detail']})" if item["detail"] else ""
        screen.print(
            f"  {item['place']}: {what}: {number(item['count'])}{example}\n"
            + "    " + _("What to do: {remedy}.").format(remedy=remedy),
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
    if len(remarks) > MANY:
        screen.print(_("  … and {count} more in run.json").format(count=number(len(remarks) - MANY)), markup=False)
