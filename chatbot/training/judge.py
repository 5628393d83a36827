"""Training of the judge: which piece of a page answers a question, what it says to it, and when
none does. Catalogues are pages too: their pieces are products, their questions are wishes."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from chatbot.facts.similarity import asking, ranked, unnamed
from chatbot.reading.encoder import Encoder
from chatbot.reading.judge import SAYS, TEXT_TOKENS, LowerStates, Pair, SideBySide
from chatbot.terms import Vectors

from . import corpus
from .fitting import Fit, lean_back, mixed_precision

QUESTIONS = 16  # in a batch
CHUNKS = 6  # of like length that its pairs are cut into, so that little is padding
BESIDE = 6  # texts beside a question, as many as a turn has
# Of them from another page of the kind, the nearest of a few; beside a whole help centre none,
# since another shop's rules answer the same questions.
STRANGERS, FEW = 1, 12
KEPT_WISHES = 0.5  # of an epoch's, as many wishes to judge as before as questions with an answer
BEFORE = 0.5  # of the judge that a run went on from stays: else it forgets whole help centres
RATE_LAYERS, RATE_HEAD = 1e-4, 1.5e-3
SAYING = 0.6  # weight of what an answer says beside which one it is


@dataclass(frozen=True)
class Case:
    """A question, the texts beside it with how near each is to it, and which of them answer."""

    question: str
    texts: tuple[str, ...]
    near: tuple[float, ...]
    answers: tuple[int, ...]  # places among the texts; empty when none does
    says: str | None  # one of SAYS; None where nobody has looked
    wish: bool = False  # whether the texts are products, and fit what is wished for
    # How likely each text is, "none" last, where that is to be learnt and not what answers.
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Score:
    """How a judge fares on questions it has not learnt from."""

    chosen: float  # share whose likeliest choice, "none" included, is right
    told: float  # share of the answerable ones whose likeliest text is right
    said: float  # share of the yes-or-no questions whose answer is read rightly

    def __str__(self) -> str:
        told = f"chosen {self.chosen:.1%}, found {self.told:.1%}"
        return told if math.isnan(self.said) else f"{told}, yes or no {self.said:.1%}"


def train(
    folder: Path, epochs: int, device: str, *, seed: int = 0, held_out: float = 0.08,
    most: int | None = None, pages: int | None = None, kept: Path | None = None,
    start: Path | None = None,
) -> Score:  # fmt: skip
    """Train the judge, save it under `folder`; how it fares on pages and shops held out. `most`: no
    more pages, and questions of shops, than this, for a trial; `pages`: no more pages; `kept`:
    where an interrupted run goes on from; `start`: a trained judge to go on from."""
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    torch.manual_seed(seed)
    encoder = Encoder()
    rows, test = _split(encoder, chance, held_out, most, most or pages)
    texts = {t for c in (*rows, *test) for t in (c.question, *c.texts)}
    model, states = SideBySide(encoder).to(device), LowerStates(encoder, most=len(texts))
    trained = load_file(start / "model.safetensors") if start else {}
    if trained:
        model.load_state_dict({k: v.float() for k, v in trained.items()})
        rows, test = (as_before(model, states, some, device) for some in (rows, test))
    fit(model, states, rows, test, epochs, device, seed=seed, kept=kept, plot=folder / "loss.svg")
    if trained:
        lean_back(model, trained, BEFORE)
    calibrate(model, states, test, device)
    _save(model, folder)
    return measured(model, states, test, device)


def _split(
    encoder: Encoder, chance: random.Random, held_out: float, most: int | None, pages: int | None
) -> tuple[list[Case], list[Case]]:
    """The questions to learn from, and those of pages and shops that are held out."""
    some = corpus.pages()
    chance.shuffle(some)
    some = [corpus.framed(page, chance) for page in some[:pages]]
    vectors = vectors_of(some, encoder)
    of_pages = [list(cases(p, some, vectors, chance, BESIDE)) for p in some]
    shops: dict[str, list[Case]] = defaultdict(list)
    for asked in corpus.asked()[:most]:
        shops[asked.shop].append(_beside_few(asked))
    rows: list[Case] = []
    test: list[Case] = []
    for groups in (of_pages, list(shops.values())):
        cut = max(1, round(len(groups) * held_out))
        test += [c for group in groups[:cut] for c in group]
        rows += [c for group in groups[cut:] for c in group]
    return rows, test


def _beside_few(asked: corpus.Asked) -> Case:
    """A question of a shop beside the texts that answer it and the nearest others."""
    own = sorted(range(len(asked.texts)), key=lambda i: (i not in asked.answers, -asked.near[i]))
    kept = sorted(own[:BESIDE])
    return Case(
        asked.question, tuple(asked.texts[i] for i in kept), tuple(asked.near[i] for i in kept),
        tuple(n for n, i in enumerate(kept) if i in asked.answers), None, asked.wish,
    )  # fmt: skip


@torch.no_grad()
def as_before(
    model: SideBySide, states: LowerStates, rows: list[Case], device: str
) -> list[Case]:  # fmt: skip
    """`rows` with what the judge that a run goes on from makes of wishes, to be kept: questions
    teach it to answer them, not to find products (Learning without Forgetting, Li & Hoiem 2016)."""
    model.eval()
    wishes = [c for c in rows if c.wish]
    found = _in_batches(model, states, wishes, device)
    kept = {
        id(c): replace(c, shares=tuple(_with_none(f[:, 0]).softmax(-1).tolist()))
        for c, f in zip(wishes, found, strict=True)
    }
    return [kept.get(id(c), c) for c in rows]


def calibrate(model: SideBySide, states: LowerStates, rows: list[Case], device: str) -> None:
    """Fit three numbers on examples held out, so that a probability is a share of right answers
    (Platt 1999): a scale of the score, what nearness adds to it, and where "none" stands, as if
    every second question were answered by none, and wishes that are judged as before were few."""
    with torch.no_grad():
        found = [f[:, 0].cpu() for f in _in_batches(model, states, rows, device)]
    near = [torch.tensor(c.near) for c in rows]
    weights = _balanced(rows)
    fitted = nn.Parameter(torch.tensor([1.0, 0.0, 0.0]))
    optimizer = torch.optim.LBFGS([fitted], max_iter=60)

    def surprise() -> Tensor:
        optimizer.zero_grad()
        total = torch.zeros(())
        for score, n, case, weight in zip(found, near, rows, weights, strict=True):
            scaled = _with_none(fitted[0] * score + fitted[1] * n + fitted[2])
            total = total - weight * (scaled.log_softmax(-1) * _shares(case)).sum()
        torch.autograd.backward(total)
        return total

    optimizer.step(surprise)  # type: ignore[no-untyped-call]
    scale, nearness, offset = fitted.detach().tolist()
    with torch.no_grad():
        model.head.weight[0] *= scale
        model.late.scale.mul_(scale)
        model.head.weight[0, -1] += nearness
        model.head.bias.mul_(scale).add_(offset)
    fit_glance(model, states, rows, device)


def _balanced(rows: list[Case]) -> list[float]:
    """A weight for each question, by which those that are answered count as much as those that are
    not, and wishes to judge as before less: how many of each there are is the corpus' choice, not
    the shoppers'."""
    shares = {"answered": 1.0, "unanswered": 1.0, "kept": KEPT_WISHES}
    many = Counter(map(_group, rows))
    return [shares[_group(c)] / many[_group(c)] for c in rows]


def _group(case: Case) -> str:
    if case.shares:
        return "kept"
    return "answered" if case.answers else "unanswered"


def drawn(rows: list[Case], chance: random.Random) -> list[Case]:
    """What an epoch learns from, mixed: all questions with an answer, no more without one, and
    fewer wishes to judge as before."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in rows:
        groups[_group(case)].append(case)
    many = len(groups["answered"])
    most = {"answered": many, "unanswered": many, "kept": round(KEPT_WISHES * many)}
    some = [c for name, n in most.items()
            for c in chance.sample(groups[name], min(n, len(groups[name])))]  # fmt: skip
    chance.shuffle(some)
    return some


@torch.no_grad()
def fit_glance(model: SideBySide, states: LowerStates, rows: list[Case], device: str) -> None:
    """Fit how likely texts seem at a glance to the scores that reading gives, by least squares."""
    read = torch.cat([f[:, 0].cpu() for f in _in_batches(model, states, rows, device)])
    near = torch.tensor([n for case in rows for n in case.near])
    met = torch.cat([_met(model, states, case, device) for case in rows])
    seen = torch.stack([near, met, torch.ones(len(near))], dim=1)
    model.first.copy_(torch.linalg.lstsq(seen, read[:, None]).solution[:, 0])


def _met(model: SideBySide, states: LowerStates, case: Case, device: str) -> Tensor:
    """(texts,): how well the words of a case's question are met in each of its texts."""
    (asked,) = states.of([case.question], TEXT_TOKENS)
    told = [text.to(device).float() for text in states.kept(case.texts)]
    found: Tensor = model.late(asked.to(device).float(), told)
    return found.cpu()


def _in_batches(
    model: SideBySide, states: LowerStates, rows: list[Case], device: str
) -> Iterator[Tensor]:
    for start in range(0, len(rows), QUESTIONS):
        yield from scores(model, states, rows[start : start + QUESTIONS], device)


def vectors_of(pages: list[corpus.Page], encoder: Encoder) -> dict[str, Vectors]:
    """The vectors of all pieces and questions."""
    texts = [t for p in pages for t in (*p.texts, *(f for q in p.questions for f in _forms(q, p)))]
    each = list(dict.fromkeys(texts))
    return dict(zip(each, encoder.encode(each), strict=True))


def _forms(question: corpus.Question, page: corpus.Page) -> tuple[str, ...]:
    """A question as the facts room puts it, less the product's name: behind what it leans on, then
    alone."""
    forms = (asking(f"{question.before} {question.text}".strip()), question.text)
    put = (unnamed(f, page.title) if page.kind == "product" else f for f in forms)
    return tuple(dict.fromkeys(put))


def _near(
    forms: tuple[str, ...], texts: list[str], vectors: Mapping[str, Vectors]
) -> dict[int, float]:
    """How near each text is to a question, in the form in which it is nearest."""
    rows = np.stack([vectors[t] for t in texts])
    near: dict[int, float] = {}
    for form in forms:
        for score, i in ranked(form, vectors[form], texts, rows):
            near[i] = max(near.get(i, -1.0), score)
    return near


def cases(
    page: corpus.Page, pages: list[corpus.Page], vectors: Mapping[str, Vectors],
    chance: random.Random, most: int,
) -> Iterator[Case]:  # fmt: skip
    """The questions of a page beside at most so many texts: those that answer, those of its pieces
    nearest to it, and, but for a help centre, a stranger from elsewhere."""
    others = [t for p in pages if p.kind == page.kind and p is not page for t in p.texts]
    strangers = 0 if page.kind == "centre" else STRANGERS
    for asked in page.questions:
        strange = chance.sample(others, min(FEW, len(others)))
        texts = [*page.texts, *strange]
        forms = _forms(asked, page)
        near = _near(forms, texts, vectors)
        order = sorted(near, key=lambda i: -near[i])
        own = [i for i in order if i < len(page.texts) and i not in asked.answers]
        far = [i for i in order if i >= len(page.texts)][:strangers]
        chosen = [*asked.answers, *own][: most - len(far)] + far
        chance.shuffle(chosen)
        yield Case(
            forms[0], tuple(texts[i] for i in chosen), tuple(near[i] for i in chosen),
            tuple(n for n, i in enumerate(chosen) if i in asked.answers), asked.says,
            page.kind == "catalogue",
        )  # fmt: skip


def fit(
    model: SideBySide, states: LowerStates, rows: list[Case], test: list[Case], epochs: int,
    device: str, *, seed: int = 0, kept: Path | None = None, plot: Path | None = None,
) -> None:  # fmt: skip
    """Train `model` in place."""
    heads = [*model.head.parameters(), *model.says.parameters(), *model.late.parameters()]

    def batches(chance: random.Random) -> Iterable[list[Case]]:
        mixed = drawn(rows, chance)
        for start in range(0, len(mixed), QUESTIONS):
            yield [_mistyped(c, chance) for c in mixed[start : start + QUESTIONS]]

    Fit(
        model=model,
        groups=[{"params": [*model.layers.parameters(), model.side], "lr": RATE_LAYERS},
                {"params": heads, "lr": RATE_HEAD}],
        batches=batches,
        steps=-(-len(drawn(rows, random.Random(seed))) // QUESTIONS),  # noqa: S311
        loss=lambda some: loss(model, states, some, device),
        epochs=epochs, seed=seed, kept=kept, plot=plot,
        after=lambda _epoch: str(measured(model, states, test, device)),
    ).run()  # fmt: skip


def _mistyped(case: Case, chance: random.Random) -> Case:
    """The case as somebody in a hurry types its question."""
    return replace(case, question=corpus.sloppy(case.question, chance))


def loss(model: SideBySide, states: LowerStates, some: list[Case], device: str) -> Tensor:
    """Cross entropy of the choice among the texts and "none", and of what the answers say."""
    found = scores(model, states, some, device)
    choice = torch.stack([
        -(_with_none(f[:, 0]).log_softmax(-1) * _shares(c).to(device)).sum()
        for f, c in zip(found, some, strict=True)
    ]).mean()  # fmt: skip
    told = [
        (f[list(c.answers), 1:], c.says)
        for f, c in zip(found, some, strict=True)
        if c.answers and c.says is not None
    ]
    if not told:
        return choice
    labels = [SAYS.index(says) for logits, says in told for _row in logits]
    said = torch.cat([logits for logits, _says in told])
    return choice + SAYING * nn.functional.cross_entropy(said, torch.tensor(labels, device=device))


def scores(model: SideBySide, states: LowerStates, rows: list[Case], device: str) -> list[Tensor]:
    """For each case (texts, 5) as the model gives them."""
    asked = states.of([c.question for c in rows], TEXT_TOKENS)
    pairs = [
        (q, t, n)
        for q, c in zip(asked, rows, strict=True)
        for t, n in zip(states.kept(c.texts), c.near, strict=True)
    ]
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    size = -(-len(order) // CHUNKS)
    parts = [_scored(model, [pairs[i] for i in order[start : start + size]], device)
             for start in range(0, len(order), size)]  # fmt: skip
    found = torch.cat(parts)[torch.tensor(order).argsort().to(device)]
    return list(torch.split(found, [len(c.texts) for c in rows]))


def _scored(model: SideBySide, pairs: list[Pair], device: str) -> Tensor:
    learnable = [(q.float(), t.float(), n) for q, t, n in pairs]  # of halves autocast joins none
    with mixed_precision(device):
        found: Tensor = model(learnable)
    return found.float()


def _with_none(found: Tensor) -> Tensor:
    return torch.cat([found, found.new_zeros(1)])


def _shares(case: Case) -> Tensor:
    if case.shares:
        return torch.tensor(case.shares)
    target = torch.zeros(len(case.texts) + 1)
    target[list(case.answers) or [-1]] = 1.0
    return target / target.sum()


@torch.inference_mode()
def measured(model: SideBySide, states: LowerStates, rows: list[Case], device: str) -> Score:
    """How `model` fares on `rows` when it reads every text."""
    return marked(_in_batches(model, states, rows, device), rows)


def marked(scores: Iterable[Tensor], rows: list[Case]) -> Score:
    """How right the scores (texts, 5) of each of `rows` are."""
    marks: dict[str, list[bool]] = defaultdict(list)
    for found, case in zip(scores, rows, strict=True):
        place = int(_with_none(found[:, 0]).argmax())
        marks["chosen"].append(place in (case.answers or (len(case.texts),)))
        if case.answers:
            marks["told"].append(int(found[:, 0].argmax()) in case.answers)
        if case.says:
            said = SAYS[int(found[case.answers[0], 1:].argmax())]
            marks["said"].append(said == case.says)
    shares = {name: sum(hits) / len(hits) for name, hits in marks.items()}
    return Score(*(shares.get(name, float("nan")) for name in ("chosen", "told", "said")))


def _save(model: SideBySide, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.half().cpu().contiguous() for k, v in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")
