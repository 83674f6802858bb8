"""Backups made while a run writes, restored, and gone on from; a full disk that leaves the older ones."""

import json
import shutil
import sys

from corpus.backup_folder import find_backups
from corpus.backups.manifest import check_backup

from .conftest import assert_as_undisturbed, differences
from .content import content_of
from .test_disk import LIMIT


def test_a_backup_made_in_the_midst_of_a_run_is_gone_on_from(desk, press, undisturbed, tmp_path):
    with desk.start("run", "--json") as process:
        press.wait_for(undisturbed.answers // 2, process)
        out, _ = desk.call("backup", "--json")
        process.communicate()
    assert_as_undisturbed(desk, undisturbed)
    place = desk.folder / json.loads(out)["backup"]
    check_backup(place)
    # On another machine, with nothing but the backup and the settings.
    shutil.move(place, tmp_path / place.name)
    shutil.rmtree(desk.archive)
    desk.database.unlink()
    desk.call("restore", str(tmp_path / place.name))
    assert desk.problems() == []
    assert desk.reported().items() <= undisturbed.records.items()
    press.calm()
    desk.run()
    assert_as_undisturbed(desk, undisturbed)


def test_a_full_disk_leaves_the_older_backups(desk, undisturbed):
    shutil.copytree(undisturbed.folder, desk.folder, dirs_exist_ok=True)
    desk.call("backup")
    (older,) = find_backups(desk.folder / "backups")
    limited = (sys.executable, "-c", LIMIT, str(undisturbed.largest_kib * 512))
    _, told = desk.call("backup", "--keep", "1", codes=(1,), wrapper=limited)
    assert told.startswith("Error: no backup was made in backups") and "Traceback" not in told
    assert list((desk.folder / "backups").iterdir()) == [older]
    check_backup(older)
    desk.call("restore", str(older), "--force")
    assert_as_undisturbed(desk, undisturbed)
    assert differences(content_of(desk.database), content_of(undisturbed.folder / "cakupan.db")) == {}
