"""The wheel that the browser installs is a valid wheel."""

from __future__ import annotations

import base64
import csv
import hashlib

from calculators.web.bundle import wheel_files


def test_the_record_tells_the_size_and_hash_of_every_file() -> None:
    files = wheel_files({"calculators/__init__.py": b"x = 1\n"}, "mode-emploi-demarches", "0.1.0", ">=3.11")
    record = files.pop("mode_emploi_demarches-0.1.0.dist-info/RECORD").decode()
    *rows, itself = list(csv.reader(record.splitlines()))
    assert itself == ["mode_emploi_demarches-0.1.0.dist-info/RECORD", "", ""]
    assert [row[0] for row in rows] == list(files)
    for name, hashed, size in rows:
        assert int(size) == len(files[name])
        expected = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
        assert hashed == f"sha256={expected}"


def test_the_metadata_names_the_package() -> None:
    files = wheel_files({}, "mode-emploi-demarches", "0.1.0", ">=3.11")
    metadata = files["mode_emploi_demarches-0.1.0.dist-info/METADATA"].decode()
    assert "Name: mode-emploi-demarches\nVersion: 0.1.0\n" in metadata
