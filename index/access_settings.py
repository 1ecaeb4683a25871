"""The settings of a server about those who come: what they may do, and how often.

`settings.py` takes them in, and reads all of them from the environment.
"""

import re
from typing import Literal

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

_RATE = r"\d{1,9}/(second|minute|hour|day)"
_RATES = re.compile(rf"auto|none|{_RATE}(\s*,\s*{_RATE})*")
_BYTES = re.compile(r"auto|none|\d{1,15}")


class AccessSettings(BaseModel):
    """Settings that only `yiju serve` looks at."""

    without_key: Literal["auto", "none", "read", "ask", "write"] = Field(
        "auto",
        description="what may be done without a key: `none`, `read`, `ask` or `write`, each "
        "including those before it; `auto` for `write` where only this machine reaches the "
        "server, and `none` elsewhere",
    )
    limit_requests: str = Field(
        "auto",
        description="requests that a key, or an address without one, may send: `60/minute, "
        "1000/hour`, or `none` for any number; `auto` for `600/minute`, and `none` where only "
        "this machine reaches the server",
    )
    limit_questions: str = Field(
        "auto",
        description="how many of these may be questions and searches; `auto` for `60/minute`, "
        "and `none` where only this machine reaches the server",
    )
    limit_uploads: str = Field(
        "auto",
        description="bytes that a key, or an address without one, may upload a day, or `none` for "
        "any number; `auto` for `1000000000`, and `none` where only this machine reaches the "
        "server",
    )

    @field_validator("limit_requests", "limit_questions")
    @classmethod
    def _check_rates(cls, rates: str) -> str:
        if not _RATES.fullmatch(rates):
            wrong = "it is no limit; write it as 60/minute, or several as 60/minute, 1000/hour"
            raise PydanticCustomError("rates", wrong)
        return rates

    @field_validator("limit_uploads")
    @classmethod
    def _check_bytes(cls, count: str) -> str:
        if not _BYTES.fullmatch(count):
            wrong = "it is no number of bytes; write it as 1000000000"
            raise PydanticCustomError("bytes", wrong)
        return count
