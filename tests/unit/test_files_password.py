"""A PDF with a password opens with the one that the reader types, and with no other; what comes of it has none."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from pypdf import PdfReader, PdfWriter, _encryption
from pypdf._crypt_providers import _fallback

from calculators.files import aes, door
from calculators.files.mend import MendError, Part, assemble, unlocked
from tests.files import codes, look, pdf
from tests.unit.test_files import attach, filled, script, sign

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Every way that the standard has had of doing so; of the fifth, only one program ever did.
WAYS: dict[str, dict[str, Any]] = {
    "RC4, 40 bits": {"R": 2, "aes": False, "metadata": False},
    "RC4, 128 bits": {"R": 3, "aes": False, "metadata": False},
    "RC4, in the manner of AES": {"R": 4, "aes": False, "metadata": False},
    "AES, 128 bits": {"R": 4},
    "AES, 256 bits, of Acrobat 9": {"R": 5},
    "AES, 256 bits": {"R": 6},
}


#: Two pages of three words weigh nothing.
LIGHT = {"presque-vide"}


def locked(
    way: str, user: str = "Secret 12", owner: str = "maître", change: Callable[[pikepdf.Pdf], None] = lambda _: None
) -> bytes:
    return pdf(2, change, encryption=pikepdf.Encryption(owner=owner, user=user, **WAYS[way]))


def opened(data: bytes, password: str) -> bytes:
    return unlocked(io.BytesIO(data), "acte.pdf", password)


def refusal(data: bytes, password: str) -> str:
    with pytest.raises(MendError) as failed:
        opened(data, password)
    return failed.value.code


def words(data: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(data)).pages]


pytestmark = pytest.mark.filterwarnings("ignore:Encryption R=5 is deprecated")


class Bytes:
    """What Python sees of the bytes of JavaScript."""

    def __init__(self, length: int) -> None:
        self._data = bytes(length)

    def assign(self, data: bytes) -> None:
        assert len(data) == len(self._data)
        self._data = bytes(data)

    def to_bytes(self) -> bytes:
        return self._data


def page_of_the_worker() -> SimpleNamespace:
    """What the page's worker has, with the same AES of another library."""

    def done(cipher: Any, parts: tuple[Bytes, ...], *, undo: bool) -> Bytes:
        data = parts[-1].to_bytes()
        context = cipher.decryptor() if undo else cipher.encryptor()
        result = Bytes(len(data))
        result.assign(context.update(data) + context.finalize())
        return result

    def cbc(*, undo: bool) -> Callable[..., Bytes]:
        return lambda *parts: done(Cipher(AES(parts[0].to_bytes()), CBC(parts[1].to_bytes())), parts, undo=undo)

    def ecb(*parts: Bytes) -> Bytes:
        return done(Cipher(AES(parts[0].to_bytes()), ECB()), parts, undo=True)  # noqa: S305  # as the standard has it

    library = SimpleNamespace(cbcEncrypt=cbc(undo=False), cbcDecrypt=cbc(undo=True), ecbDecrypt=ecb)
    return SimpleNamespace(aes=library, Uint8Array=SimpleNamespace(new=Bytes))


@pytest.fixture(params=["the library of the command line", "the worker of the page"])
def provider(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "the worker of the page":
        without_library(monkeypatch)
        monkeypatch.setitem(sys.modules, "js", page_of_the_worker())


def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aes, "crypt_provider", _fallback.crypt_provider)
    names = ["CryptAES", "CryptRC4", "aes_cbc_decrypt", "aes_cbc_encrypt", "aes_ecb_decrypt", "rc4_encrypt"]
    for name in names:
        monkeypatch.setattr(_encryption, name, getattr(_fallback, name))


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("way", WAYS)
def test_the_password_makes_a_copy_that_has_none(way: str) -> None:
    assert aes.equip() is True
    data = locked(way)
    assert codes(data) == {"mot-de-passe"}
    for password in ("Secret 12", "maître"):
        made = opened(data, password)
        assert words(made) == ["Page 1", "Page 2"]
        with pikepdf.open(io.BytesIO(made)) as again:
            assert (again.is_encrypted, len(again.pages)) == (False, 2)
        assert codes(made) <= LIGHT
    for wrong in ("secret 12", "Secret 12 ", "", "x" * 200, "é"):
        assert refusal(data, wrong) == "mot-de-passe-faux"


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("way", WAYS)
def test_a_pdf_that_is_only_protected_opens_without_and_a_copy_has_nothing_left_of_it(way: str) -> None:
    data = locked(way, user="")
    assert codes(data) == {"protege"}
    assert look(data).pages == 2
    assert codes(opened(data, "")) <= LIGHT


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("password", ["élève n°1", "10 €", "naïve\u0301", "œuf"])
def test_letters_with_accents_open_as_they_were_typed(way: str, password: str) -> None:
    try:
        data = locked(way, user=password)
    except ValueError:
        pytest.skip("this way has no such letter")
    assert words(opened(data, password)) == ["Page 1", "Page 2"]


@pytest.mark.parametrize("code", ["utf-8", "latin-1", "mac_roman"])
def test_accents_open_however_the_program_of_its_time_wrote_them(code: str) -> None:
    made = PdfReader(io.BytesIO(pdf(1)))
    writer = PdfWriter(clone_from=made)
    writer.encrypt("élève".encode(code).decode("latin-1"), "x", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    assert words(opened(content.getvalue(), "élève")) == ["Page 1"]


def test_a_form_keeps_its_answers_and_nothing_tells_who_wrote_it() -> None:
    def written(made: pikepdf.Pdf) -> None:
        filled(made)
        made.docinfo["/Author"] = "Zoé Martin"
        with made.open_metadata() as meta:
            meta["dc:creator"] = ["Zoé Martin"]

    made = opened(locked("AES, 256 bits", change=written), "Secret 12")
    with pikepdf.open(io.BytesIO(made)) as again:
        assert bytes(again.Root.AcroForm.Fields[0].V) == b"Martin"
        assert again.pages[0].Annots[0].AP.N.read_bytes().count(b"Martin") == 1
        assert dict(again.docinfo) == {}
        assert "/Metadata" not in again.Root
    assert b"Zo\xe9" not in made


@pytest.mark.parametrize(("change", "code"), [(script, "script"), (attach, "pieces-jointes")])
def test_what_else_it_holds_is_told_of_the_copy(change: Callable[[pikepdf.Pdf], None], code: str) -> None:
    assert codes(opened(locked("AES, 128 bits", change=change), "Secret 12")) - LIGHT == {code}


def test_what_must_not_or_cannot_be_copied_is_said() -> None:
    assert refusal(locked("AES, 256 bits", change=sign), "Secret 12") == "signature-protegee"
    assert refusal(pdf(1), "x") == "sans-mot-de-passe"
    assert refusal(b"%PDF-1.7" + bytes(64_000_000), "x") == "trop-lourd-ici"
    assert refusal(b"%PDF-1.7\n%%EOF", "x") == "illisible"
    with pytest.raises(MendError, match="protege"):
        assemble([Part(io.BytesIO(locked("AES, 256 bits")), "a.pdf")], 1 << 20)


def test_without_any_library_an_old_password_still_opens_and_a_new_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    without_library(monkeypatch)
    monkeypatch.setitem(sys.modules, "js", None)
    assert aes.equip() is False
    assert words(opened(locked("RC4, 128 bits"), "Secret 12")) == ["Page 1", "Page 2"]
    assert codes(locked("AES, 256 bits")) == {"protege"}
    assert refusal(locked("AES, 256 bits"), "Secret 12") == "chiffrement-inconnu"


@pytest.mark.parametrize("way", ["AES, 128 bits", "AES, 256 bits"])
@pytest.mark.usefixtures("provider")
def test_an_encrypted_pdf_that_was_damaged_is_refused_or_read_and_never_fails(way: str) -> None:
    data = bytearray(locked(way))
    for place in range(200, len(data), 23):
        spoilt = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        look(bytes(spoilt))
        try:
            opened(bytes(spoilt), "Secret 12")
        except MendError as error:
            assert error.code in {"illisible", "mot-de-passe-faux", "sans-mot-de-passe", "chiffrement-inconnu"}  # noqa: PT017


def test_the_door_opens_a_pdf_and_gives_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "0").write_bytes(locked("AES, 256 bits"))
    question = {"action": "ouvrir", "nom": "acte.pdf", "mot_de_passe": "faux"}
    told = door.answer(question, tmp_path, tmp_path)
    assert (told["ok"], "mot de passe" in told["erreur"]) == (False, True)
    assert "faux" not in json.dumps(told).replace("acte.pdf", "")
    assert door.answer(question | {"mot_de_passe": "Secret 12"}, tmp_path, tmp_path) == {"ok": True}
    assert words((tmp_path / "000").read_bytes()) == ["Page 1", "Page 2"]


def test_a_spoilt_pdf_whose_pages_are_gone_is_not_made_one_of_no_page() -> None:
    def childless(made: pikepdf.Pdf) -> None:
        made.Root.Pages.Kids = pikepdf.Array([])

    assert refusal(locked("AES, 128 bits", change=childless), "Secret 12") == "illisible"
