"""Publishing puts the engine into the site and takes the JavaScript sources out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.web.publish import main, publish

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_engine_goes_in_and_the_sources_go_out(tmp_path: Path) -> None:
    site, engine = tmp_path / "site", tmp_path / "engine"
    (site / "assets/js").mkdir(parents=True)
    (site / "assets/js/app.mjs").write_text("source")
    (site / "assets/engine").mkdir()
    (site / "assets/engine/old.mjs").write_text("old")
    (site / "assets/site.css").write_text("kept")
    (engine / "engine").mkdir(parents=True)
    (engine / "app.js").write_text("page script")
    (engine / "engine/worker.mjs").write_text("worker")
    publish(site, engine)
    left = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert left == {"assets/app.js", "assets/engine/worker.mjs", "assets/site.css"}


def test_a_folder_that_is_no_built_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
