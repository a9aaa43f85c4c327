"""AES for pypdf in the page: its libraries are in C, and the browser's Python has neither.

The page's worker has an audited one in JavaScript (``calculators/web/js/engine/aes.mjs``), which is asked from here. On
the command line pypdf finds its own; without any, a PDF that needs AES stays shut, and is said to be protected.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pypdf import _encryption
from pypdf._crypt_providers import CryptBase, crypt_provider

__all__ = ["equip"]

_BLOCK = 16


def equip() -> bool:
    """Give pypdf the worker's AES where it has none; tell whether it now has one.

    Of pypdf, these names are private: its version is locked, and the tests open PDFs of every kind this way.
    """
    if crypt_provider[0] != "local_crypt_fallback":
        return True
    try:
        page: Any = import_module("js")
        library = page.aes
    except (ImportError, AttributeError):
        return False

    def asked(name: str, *parts: bytes) -> bytes:
        result: bytes = getattr(library, name)(*(_given(page, part) for part in parts)).to_bytes()
        return result

    class WorkerAES(CryptBase):
        """AES as PDFs have it: chained, with what the chain begins with before the data, and filled up to a block."""

        def __init__(self, key: bytes) -> None:
            self._key = key

        def decrypt(self, data: bytes, *, strict: bool = True) -> bytes:  # noqa: ARG002  # what is faulty is left as it is
            start, data = data[:_BLOCK], data[_BLOCK:]
            # A last block that is cut has nothing left to say.
            data = data[: len(data) // _BLOCK * _BLOCK]
            if not data:
                return b""
            plain = asked("cbcDecrypt", self._key, start, data)
            filling = plain[-1]
            return plain[:-filling] if 0 < filling <= _BLOCK else plain

    provider: Any = _encryption
    provider.CryptAES = WorkerAES
    provider.aes_cbc_decrypt = lambda key, start, data: asked("cbcDecrypt", key, start, data)
    provider.aes_cbc_encrypt = lambda key, start, data: asked("cbcEncrypt", key, start, data)
    provider.aes_ecb_decrypt = lambda key, data: asked("ecbDecrypt", key, data)
    return True


def _given(page: Any, data: bytes) -> Any:
    """Hand bytes over to JavaScript."""
    given = page.Uint8Array.new(len(data))
    given.assign(data)
    return given
