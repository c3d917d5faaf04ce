import sys
import zipfile

import pytest

from tracker.importers.plugins import plugins, points

MODULE = """
class Mine:
    name, title, example = "mine", "My own", "a,b"
    def claims(self, table): return ""
    def read(self, table, asked): raise NotImplementedError

class Lacking:
    name = "lacking"
"""
ENTRIES = "[tracker.importers]\nmine = {0}:Mine\nlacking = {0}:Lacking\n"


def package(module, entries=None):
    """The files of an installed package, by their names."""
    about = f"{module}-1.0.dist-info"
    return {
        f"{module}.py": MODULE,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n",
        f"{about}/entry_points.txt": ENTRIES.format(module) if entries is None else entries,
    }


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Puts a package where Python finds it, as a folder or as a zip file."""

    def put(files, zipped=False):
        place = tmp_path / ("there.zip" if zipped else "there")
        if zipped:
            with zipfile.ZipFile(place, "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
        else:
            for name, text in files.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(text)
        monkeypatch.setattr(sys, "path", [*sys.path, str(place)])

    return put


@pytest.mark.parametrize("zipped", [False, True])
def test_an_installed_importer_is_found_and_one_that_lacks_something_said(install, zipped):
    install(package(f"other_people_{zipped}".lower()), zipped)
    found, broken = plugins()
    assert [one.title for one in found.values()] == ["My own"]
    assert broken == [("lacking", "TypeError: it has no title, example, claims, read")]


def test_packages_of_other_groups_are_not_asked(install):
    before = [point.name for point in points()]
    install(package("nobody_of_ours", "[console_scripts]\nnobody = nobody_of_ours:Mine\n"))
    install({})
    sys.path.append("/there/is/no/such/folder")
    assert [point.name for point in points()] == before


def test_a_finder_of_its_own_is_asked_too(monkeypatch):
    class Finder:
        asked = False

        @classmethod
        def find_spec(cls, *_):
            return None

        @classmethod
        def find_distributions(cls, *_):
            cls.asked = True
            return []

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    points()
    assert Finder.asked
