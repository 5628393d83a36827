"""The judge: how surely a text answers a question, read side by side.

A cross-encoder (Nogueira & Cho 2019) whose lower layers read question and text each for itself and
whose upper ones, fine-tuned copies of the encoder's, read them together (PreTTR, MacAvaney et al.
2020), so that a text's lower states are computed once and kept. It is trained on pages with
questions, of which some have no answer there: "none of these" is one of the choices, so that the
probabilities say when a page does not tell. How the words of the one are met in the other is
weighed besides (`Late`); by that and by nearness, which cost next to nothing, the few texts are
chosen that are worth reading. A second head says whether a text answers yes or no.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from chatbot import processor
from chatbot.terms import Judged

from .each_once import EachOnce
from .encoder import AT_ONCE, BATCH, Encoder, ReaderError, pooled, through
from .packed import Layer, cut, means
from .remembered import Remembered

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "judge"
APART = 3  # layers, of six, that read question and text apart
TEXT_TOKENS = 128
LATE_WIDTH = 128  # of the vectors by which single words are compared
KEPT = 2048  # texts whose lower states stay in memory, about 20 KB each
JUDGED = 1 << 14  # pairs whose scores do
MOST_READ = 3  # texts that a question is read side by side with, the likeliest by a glance
NEAR_WEIGHT, NEAR_ENOUGH = 8.0, 0.5  # nearness from which a text answers, to begin with
MET_WEIGHT, MET_ENOUGH = 10.0, 0.6  # the same of how well words are met
UNLIKELY = -NEAR_WEIGHT * NEAR_ENOUGH - MET_WEIGHT * MET_ENOUGH
SAYS = ("", "yes", "no", "partly")  # what an answer can say; "" to a question of another kind
UNREAD = (0.0, 9.0, 0.0, 0.0, 0.0)  # a score, and that it says nothing
Pair = tuple[Tensor, Tensor, float]  # states (Tq, 384), (Tt, 384), and how near they are


class Late(nn.Module):
    """How well the words of a question are met in a text: of each the likeness to the text's word
    that is nearest, weighed by how much it tells (late interaction; ColBERT, Khattab & Zaharia
    2020)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.project = nn.Linear(width, LATE_WIDTH, bias=False)
        self.weigh = nn.Linear(width, 1, bias=False)
        self.scale = nn.Parameter(torch.tensor([MET_WEIGHT]))
        nn.init.orthogonal_(self.project.weight)  # likenesses stay about what they are
        nn.init.zeros_(self.weigh.weight)

    def forward(self, asked: Tensor, told: Sequence[Tensor]) -> Tensor:
        """(n,) for the states (Tq, 384) of a question and those (T, 384) of each of n texts."""
        weights = self.weigh(asked)[:, 0].softmax(0)
        alike = self._words(torch.cat(list(told))) @ self._words(asked).T
        met = [part.amax(0) @ weights for part in cut(alike, [len(text) for text in told])]
        return self.scale * torch.stack(met)

    def each(self, asked: Sequence[Tensor], told: Sequence[Tensor]) -> Tensor:
        """(B,) for the states of B questions and those of the text beside each: all words are
        projected at once, which is most of the work."""
        words = cut(self._words(torch.cat(list(asked))), [len(q) for q in asked])
        texts = cut(self._words(torch.cat(list(told))), [len(t) for t in told])
        weights = cut(self.weigh(torch.cat(list(asked)))[:, 0], [len(q) for q in asked])
        met = [
            (text @ question.T).amax(0) @ weight.softmax(0)
            for question, text, weight in zip(words, texts, weights, strict=True)
        ]
        return self.scale * torch.stack(met)

    def _words(self, states: Tensor) -> Tensor:
        return nn.functional.normalize(self.project(states), dim=-1)


class SideBySide(nn.Module):
    """The layers that read both together, two linear heads, and how words are met."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.model.config.hidden_size
        self.layers = copy.deepcopy(encoder.model.encoder.layer[APART:])
        self.side = nn.Parameter(torch.zeros(2, width))  # tells question from text
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(4 * width + 1, 1)
        self.says = nn.Linear(4 * width, len(SAYS))
        self.late = Late(width)
        self.first: Tensor  # what counts for how much at a glance; fitted once the rest is trained
        self.register_buffer("first", torch.tensor([NEAR_WEIGHT, 1.0, UNLIKELY]))
        with torch.no_grad():  # how near they are is the better part of the answer: begin with it
            self.head.weight[0, -1] = NEAR_WEIGHT
            self.head.bias[0] = UNLIKELY

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """(B, 5): a score, 0 meaning as good as no answer, and the logits of SAYS."""
        pad = nn.utils.rnn.pad_sequence
        device = self.side.device
        hidden = pad([torch.cat([q, t]) for q, t, _near in pairs], batch_first=True).to(device)
        second = pad([_side(q, t) for q, t, _near in pairs], batch_first=True).to(device)
        mask = pad([torch.ones(len(q) + len(t)) for q, t, _near in pairs], batch_first=True)
        mask = mask.to(device)
        near = torch.tensor([[n] for _q, _t, n in pairs], device=device)
        hidden = hidden.float() + self.side[second.long()]
        for layer in self.layers:
            hidden = through(layer, hidden, mask)
        asked, told = pooled(hidden, mask * (1 - second)), pooled(hidden, mask * second)
        found = self.told(asked, told, near)
        met = self.late.each(
            [q.to(device) for q, _t, _near in pairs], [t.to(device) for _q, t, _near in pairs]
        )
        return torch.cat([found[:, :1] + met[:, None], found[:, 1:]], dim=1)

    def glance(self, asked: Tensor, told: Sequence[Tensor], near: Tensor) -> Tensor:
        """(n,): the score that each of n texts seems to have before question and text are read
        together, by how near it is (n,) and how well the question's words are met in it."""
        nearness, met, offset = self.first
        return nearness * near + met * self.late(asked, told) + offset

    def told(self, asked: Tensor, told: Tensor, near: Tensor) -> Tensor:
        """(B, 5) of the means of questions and texts (B, 384), and how near they are (B, 1), before
        it is known how words are met."""
        both = self.dropout(torch.cat([asked, told, asked * told, (asked - told).abs()], dim=-1))
        return torch.cat([self.head(torch.cat([both, near], dim=-1)), self.says(both)], dim=-1)


def _side(question: Tensor, text: Tensor) -> Tensor:
    """(Tq + Tt,): 0 for the question's tokens, 1 for the text's."""
    return torch.cat([torch.zeros(len(question)), torch.ones(len(text))])


class Judge:
    """The trained judge; safe to use from several threads. Lower states are read together with
    those of other threads; the upper layers are not: the texts of one question fill them already,
    and those of several cost a fifth more, in padding."""

    def __init__(self, encoder: Encoder, folder: Path = WEIGHTS) -> None:
        path = folder / "model.safetensors"
        if not path.exists():
            raise ReaderError(
                f"{folder.name}/{path.name} is missing; train it with `manage.py train judge`, or "
                "restore chatbot/weights."
            )
        self.states = LowerStates(encoder)
        self.known: Remembered[tuple[str, str], list[float]] = Remembered(JUDGED)
        self.model = SideBySide(encoder).eval()
        try:
            self.model.load_state_dict({k: v.float() for k, v in load_file(path).items()})
        except RuntimeError as error:
            raise ReaderError(
                f"{folder.name}/{path.name} holds weights of another shape ({error}); train it with"
                " `manage.py train judge`, or restore chatbot/weights."
            ) from error
        self.layers = [Layer(layer, processor.best()) for layer in self.model.layers]
        self.nearness = self.model.head.weight[0, -1].item()  # what the head adds, which is linear

    def answers(
        self, question: str, texts: Sequence[str], near: Sequence[float], *, every: bool = False
    ) -> list[Judged]:
        """How each text fares, of these, as the answer to the question. `near`: how near each is
        to the question. `every`: read all of them, since several may answer."""
        if not texts:
            return []
        scores = self.scores(question, texts, near, len(texts) if every else MOST_READ)
        sure = torch.cat([scores[:, 0], torch.zeros(1)]).softmax(0)[:-1]
        says = scores[:, 1:].softmax(-1)
        yes, no = says[:, SAYS.index("yes")], says[:, SAYS.index("no")]
        rows = zip(sure, scores[:, 0].sigmoid(), yes, no, strict=True)
        return [Judged(*map(float, row)) for row in rows]

    def prepare(self, texts: Sequence[str]) -> None:
        """Read texts that are often asked of ahead, as many as half the memory holds."""
        for start in range(0, min(len(texts), KEPT // 2), BATCH):
            self.states.kept(texts[start : start + BATCH])

    @torch.inference_mode()
    def scores(
        self, question: str, texts: Sequence[str], near: Sequence[float], most: int = MOST_READ
    ) -> Tensor:
        """(n, 5) of each text beside the question, as `SideBySide` gives them. Only the `most`
        likeliest are read; of the others hardly one is the one that answers, and they keep the
        score that they seem to have, though none better than what has been read."""
        seemed = self._glanced(question, texts, torch.tensor(near), most)
        likeliest = seemed.topk(min(most, len(texts))).indices.tolist()
        read = self._read(question, [texts[i] for i in likeliest], [near[i] for i in likeliest])
        found = torch.tensor([UNREAD]).repeat(len(texts), 1)
        found[:, 0] = seemed.clamp(max=read[:, 0].min())
        found[likeliest] = read
        return found

    def _glanced(self, question: str, texts: Sequence[str], near: Tensor, most: int) -> Tensor:
        if len(texts) <= most:  # all of them are read anyway
            return near
        asked, *told = (states.float() for states in self.states.kept([question, *texts]))
        return self.model.glance(asked, told, near)

    def _read(self, question: str, texts: Sequence[str], near: Sequence[float]) -> Tensor:
        """(n, 5) of texts beside the question. From memory where the two were read before: neither
        other texts nor how near it is change how they read."""
        scores = torch.tensor(self.known.of([(question, text) for text in texts], self._scored))
        scores[:, 0] += torch.tensor(near) * self.nearness
        return scores

    @torch.inference_mode()
    def _scored(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[float]]:
        """The scores (5,) of pairs that have their question in common, were they not near."""
        asked, *told = self.states.kept([pairs[0][0], *(text for _question, text in pairs)])
        met = self.model.late(asked.float(), [text.float() for text in told])
        asked = asked + self.model.side[0]
        parts = [part for text in told for part in (asked, text + self.model.side[1])]
        lengths = [len(part) for part in parts]
        hidden = torch.cat(parts)  # (N, 384)
        for layer in self.layers:
            hidden = layer(hidden, [len(asked) + len(text) for text in told])
        both = means(hidden, lengths)
        scores = self.model.told(both[::2], both[1::2], torch.zeros(len(told), 1))
        scores[:, 0] += met
        return dict(zip(pairs, scores.tolist(), strict=True))


class LowerStates:
    """What the encoder's lower layers make of texts; the newest stay in memory."""

    def __init__(self, encoder: Encoder, most: int = KEPT) -> None:
        self.encoder = encoder
        self.each: EachOnce[Tensor] = EachOnce(lambda t: self.of(t, TEXT_TOKENS), most, AT_ONCE)

    @torch.inference_mode()
    def of(self, texts: Sequence[str], tokens: int) -> list[Tensor]:
        """States (T, 384) of each text, in half precision."""
        hidden, lengths = self.encoder.packed(texts, APART, tokens)
        return [states.half() for states in cut(hidden, lengths)]

    def kept(self, texts: Sequence[str]) -> list[Tensor]:
        """States of each text, from memory where it was read before."""
        return self.each.of(texts)
