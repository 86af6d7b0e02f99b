import subprocess
import sys

import numpy as np
import pytest

from ingest.embedding import ModelError, encode_provisions, load
from ingest.embedding.loading import BUILTIN
from ingest.embedding.train import Recipe, save, train
from settings import ROOT

SENTENCES = ["改善农民工居住条件", "保障农民工工资报酬权益", "国发[2014]40号 gdp", "随迁子女平等接受教育的权利。", "一"]


def test_vectors_have_length_one_and_meanings_are_near():
    model = load()
    housing, homes, wages = model.encode(["住房保障", "改善居住条件", "拖欠工资"])
    assert np.allclose(np.linalg.norm([housing, homes, wages], axis=1), 1, atol=1e-5)
    assert housing @ homes > housing @ wages


def test_traditional_characters_mean_the_same():
    model = load()
    assert np.array_equal(model.encode(["勞動合同"]), model.encode(["劳动合同"]))


def test_nothing_known_gives_zeros_and_no_text_no_rows():
    model = load()
    assert not model.encode(["", "。"]).any()
    assert model.encode([]).shape == (0, model.dimensions)


def test_a_heading_weighs_as_much_as_its_text():
    model = load()
    heading, text = model.encode(["改善居住条件", "拖欠工资的处理办法和工资保证金制度"])
    (both,) = encode_provisions(model, ["改善居住条件"], ["拖欠工资的处理办法和工资保证金制度"])
    assert both @ heading == pytest.approx(both @ text, abs=1e-5)


def test_the_shipped_model_is_small_and_a_stock_static_embedding():
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    assert sum(path.stat().st_size for path in BUILTIN.iterdir()) <= 12_000_000
    stock = sentence_transformers.SentenceTransformer(str(BUILTIN), device="cpu")
    assert np.abs(stock.encode(SENTENCES) - load().encode(SENTENCES)).max() < 1e-3


def test_the_shipped_model_loads_without_torch():
    code = "import sys; from ingest.embedding import load; load().encode(['住房']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_model_says_what_to_do():
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    with pytest.raises(ModelError, match="/nowhere/at/all cannot be loaded"):
        load("/nowhere/at/all")


def test_without_the_library_the_error_holds_the_one_command(tmp_path):
    (tmp_path / "sentence_transformers.py").write_text("raise ImportError('not installed')")
    code = "from ingest.embedding import load; load('some/model')"
    path = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert ".venv/bin/pip install -r requirements.txt" in done.stderr


def test_the_same_folder_gives_the_same_model_whatever_lies_beside_it(tmp_path):
    pytest.importorskip("scipy", reason="scipy is not installed")
    texts = tmp_path / "texts"
    texts.mkdir()
    lines = [
        "住房保障和公共租赁住房建设",
        "拖欠工资应当依法支付工资",
        "工资保证金制度和工资支付",
        "公共租赁住房保障居住条件",
    ] * 30
    for name in ("b.md", "a.txt"):
        (texts / name).write_text("\n".join(lines), "utf-8")
    recipe = Recipe(least_count=5, dimensions=8)
    for target in ("one", "two"):
        save(tmp_path / target, *train([texts], recipe))
    one, two = ((tmp_path / target / "model.safetensors").read_bytes() for target in ("one", "two"))
    assert one == two
