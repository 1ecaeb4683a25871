"""The settings of the engine beside the embedded one: Milvus.

`settings.py` takes them in, and reads all of them from the environment.
"""

import re

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError

# Without a name and password: it is told in messages. The path names a database.
_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/[A-Za-z0-9_]+)?/?"
)
_TOKEN = re.compile("[!-~]*")


class EngineSettings(BaseModel):
    """Settings of Milvus: where `--engine milvus` publishes, and what a server answers from."""

    milvus_uri: str = Field(
        "",
        description="address of a Milvus server, and of a database in it if not the default: "
        "`http://127.0.0.1:19530/yiju`; with it `yiju serve` answers from there alone, and changes "
        "nothing",
    )
    milvus_token: SecretStr = Field(
        SecretStr(""),
        description="token for it, or `NAME:PASSWORD`, if it asks for one; it is never logged or "
        "shown",
    )

    @field_validator("milvus_uri")
    @classmethod
    def _check_milvus(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            wrong = "it is no address of Milvus; write it as http://127.0.0.1:19530"
            raise PydanticCustomError("milvus", wrong)
        return address.rstrip("/")

    @field_validator("milvus_token")
    @classmethod
    def _check_token(cls, token: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(token.get_secret_value()):
            raise PydanticCustomError("token", "a token has visible ASCII characters only")
        return token
