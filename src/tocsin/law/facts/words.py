"""The kinds of words that ``facts.toml`` may hold: what cannot be written there cannot be wrong there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

STRICT = ConfigDict(extra="forbid", strict=False)
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Nature = Literal["confidentiality", "integrity", "availability"]
Role = Literal["controller", "processor", "sub_processor"]
Level = Literal["unlikely", "risk", "high_risk"]
Place = Literal[
    "metropole", "alsace-moselle", "guadeloupe", "martinique", "guyane", "reunion", "mayotte", "saint-barthelemy",
    "saint-martin", "saint-pierre-et-miquelon", "wallis-et-futuna", "polynesie-francaise", "nouvelle-caledonie",
]  # fmt: skip
Act = Literal["authority_notification", "communication", "police_complaint", "dora"]
EVERYONE = "*"
