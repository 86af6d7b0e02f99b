import pytest

from graph.generations import CURRENT, Generations, Stamp


def write(text):
    return lambda folder: (folder / "data").write_text(text)


def test_the_last_generation_added_is_the_one_in_force(tmp_path):
    caches = Generations(tmp_path / "cache")
    assert caches.current("f") is None
    caches.add(Stamp(version=1, form="f"), write("one"))
    caches.add(Stamp(version=2, form="f", items=7), write("two"))
    current = caches.current("f")
    assert (current.folder / "data").read_text() == "two"
    assert current.stamp == Stamp(version=2, form="f", items=7)


def test_a_reader_keeps_the_generation_before_and_older_ones_go(tmp_path):
    caches = Generations(tmp_path)
    folders = [caches.add(Stamp(version=n, form="f"), write(str(n))).folder for n in range(4)]
    assert [folder.exists() for folder in folders] == [False, False, True, True]


@pytest.mark.parametrize("harm", ["cut", "remove", "pointer", "manifest", "more"])
def test_what_is_damaged_is_as_if_it_were_not_there(tmp_path, harm):
    caches = Generations(tmp_path)
    folder = caches.add(Stamp(version=1, form="f"), write("whole")).folder
    match harm:
        case "cut":
            (folder / "data").write_text("who")
        case "remove":
            (folder / "data").unlink()
        case "pointer":
            (tmp_path / CURRENT).write_text("../elsewhere")
        case "manifest":
            (folder / "manifest.json").write_text("{")
        case "more":
            (folder / "stray").write_text("")
    assert caches.current("f") is None


def test_another_form_is_not_opened(tmp_path):
    Generations(tmp_path).add(Stamp(version=1, form="old"), write("x"))
    assert Generations(tmp_path).current("new") is None


def test_a_build_that_fails_leaves_the_old_generation(tmp_path):
    caches = Generations(tmp_path)
    caches.add(Stamp(version=1, form="f"), write("old"))

    def fail(folder):
        (folder / "data").write_text("half")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        caches.add(Stamp(version=2, form="f"), fail)
    assert caches.current("f").stamp.version == 1
    assert len([entry for entry in tmp_path.iterdir() if entry.is_dir()]) == 1
