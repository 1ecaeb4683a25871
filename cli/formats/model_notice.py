"""Say what is sent to a language model, and where, before anything is."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from index.settings import Settings


def model_notice(settings: Settings) -> str | None:
    """Return what the language model that is set is sent; None without one."""
    if not settings.llm_base_url:
        return None
    conversation = " and the conversation before them" if settings.llm_follow_ups else ""
    notice = (
        f"Questions{conversation}, and the quotes found for them with titles and dates, are sent "
        f"to the language model {settings.llm_model} at {settings.llm_base_url}."
    )
    return notice + (
        " This connection is not encrypted." if _is_open(settings.llm_base_url) else ""
    )


def _is_open(address: str) -> bool:
    """Return whether an address is reached over the network without encryption."""
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return False
    try:
        return not ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return True
