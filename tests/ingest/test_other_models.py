"""Any sentence-transformers model: a tiny transformer, made here."""

import numpy as np
import pytest

from graph.batch import ingest_paths, refresh
from graph.opening import open_store
from ingest.embedding import load
from search.engine import Searcher

WORDS = "住房工资农民培训保障支付教育合同社会险拖欠居条件法律援助"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two folders with a transformer of two layers each, their weights drawn with different seeds; the second has prompts."""
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    made = []
    for seed in (1, 2):
        base = tmp_path_factory.mktemp(f"base{seed}")
        (base / "vocab.txt").write_text(
            "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS)]), "utf-8"
        )
        torch.manual_seed(seed)
        config = BertConfig(vocab_size=64, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16)
        BertModel(config).save_pretrained(base)
        BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
        parts = [Transformer(str(base), max_seq_length=64), Pooling(16)]
        prompts = {"query": "工资", "document": ""} if seed == 2 else None
        folder = tmp_path_factory.mktemp("models") / "tiny"
        SentenceTransformer(modules=parts, device="cpu", prompts=prompts).save(str(folder))
        made.append(folder)
    return made


def test_a_model_of_a_folder_encodes_and_is_told_from_another_of_the_same_size(folders):
    one, other = (load(str(folder)) for folder in folders)
    rows = one.encode(["住房", "工资"] * 50)
    assert rows.shape == (100, one.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert one.name != other.name


def test_a_prompt_for_queries_is_used_for_queries_alone(folders):
    plain, prompted = (load(str(folder)) for folder in folders)
    assert np.allclose(plain.encode(["住房"], kind="query"), plain.encode(["住房"]), atol=1e-5)
    assert not np.allclose(prompted.encode(["住房"], kind="query"), prompted.encode(["住房"]), atol=1e-3)
    assert np.allclose(prompted.encode(["住房"], kind="query"), prompted.encode(["工资住房"]), atol=1e-5)


def test_another_model_embeds_again_and_leaves_no_vector_of_the_first(folders, policies, tmp_path):
    store = open_store(tmp_path, write=True)
    ingest_paths(store, [sorted(policies.glob("*.txt"))[0]])
    builtin = load().name
    told = []
    refresh(store, model=str(folders[0]), progress=lambda done, total, name: told.append((done, total, name)))
    tiny = load(str(folders[0])).name
    assert store.vectors(builtin).ids == ()
    assert len(store.vectors(tiny).ids) == store.counts().provisions
    assert told[-1] == (store.counts().provisions, store.counts().provisions, f"vectors of {tiny}")
    hits = Searcher(store, tmp_path, model=str(folders[0])).search("谁负责住房").hits
    assert "住房" in hits[0].snippet
    store.close()
