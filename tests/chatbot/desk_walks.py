"""Random walks over the desk: an engine that lies drafts, people edit, lie, approve, withdraw,
restore and schedule, the clock moves and products change. What is shown must bear it all."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from datetime import timedelta

from django.db.models import F, Max

from chatbot import facts, reading, studio
from chatbot.models import ProductText, Publication
from chatbot.studio import checking, publishing, versions
from chatbot.studio.kinds import KINDS
from chatbot.studio.versions import TextRefused
from storefront import models
from storefront.clock import now
from tests.chatbot.liar import Liar

GROUND = "I know it."


class Walk:
    """Two products of a shop, three people and a clock."""

    def __init__(self, people, settings, seed, careless=False):
        self.dice, self.people, self.settings = random.Random(seed), people, settings
        self.careless = careless  # whether who approves vouches for whatever can be vouched for
        known = facts.handles(reading.encode(), department=None, tag=None)
        self.handles = self.dice.sample(known, 2)
        self.others = [text for handle in known if handle not in self.handles
                       for text in self.said(handle)]  # fmt: skip
        self.lies, self.was = {handle: set() for handle in known}, {}
        self.kinds = self.dice.sample([*KINDS], 2)
        self.published = self.edits = self.shown_lines = 0

    @staticmethod
    def said(handle):
        return [f.values["text"] for f in facts.read_of(handle) if f.kind == "sentence"]

    def step(self):
        deeds = (self.draft, self.edit, self.edit, self.approve, self.approve, self.approve,
                 self.withdraw, self.again, self.restore, self.tick, self.change, self.look)  # fmt: skip
        with suppress(TextRefused):
            self.dice.choice(deeds)()
        return list(self.wrong())

    def liar(self, handle, kind):
        found = Liar(facts.read_of(handle), self.others, kind, self.dice.random())
        self.lies[handle] |= {*found.lies}
        return found

    def draft(self):
        handle, kind = self.dice.choice(self.handles), self.dice.choice(self.kinds)
        drafted = studio.draft(handle, studio.Wish(kind), reading.encode(), self.liar(handle, kind))
        studio.keep(drafted, self.dice.choice((None, *self.people)))

    def text(self):
        return self.dice.choice(ProductText.objects.all() or [None])

    def edit(self):
        """True sentences in every part, what stands there, and as often as not a lie among them."""
        if text := self.text():
            version, liar = versions.newest(text), self.liar(text.handle, text.kind)
            lines = [line for line in version.words if self.dice.random() < 0.3]
            for part in KINDS[text.kind].parts:
                true = [one for one in self.truths(text.handle) if len(one) <= part.most]
                some = self.dice.sample(true, min(part.least, len(true)))
                lines += [(part.label, one) for one in some]
            if self.dice.random() < 0.5:
                lines.insert(0, (self.dice.choice(lines)[0], self.dice.choice(liar.lies)))
            old = self.dice.random() < 0.1
            versions.write(text, self.dice.choice(self.people), lines, version.number - old)
            self.edits += 1

    def truths(self, handle):
        """What is said of it, and what it is called."""
        return [*self.said(handle), facts.read_of(handle)[0].subject]

    def approve(self):
        """The newest version of a text, oftener of one that waits than of another."""
        waiting = ProductText.objects.alias(n=Max("versions__number")).filter(
            versions__number=F("n"), versions__ready=True
        )
        if text := self.dice.choice([*waiting] * 4 + [*ProductText.objects.all()] or [None]):
            ahead = self.dice.choice((None, None, -1, 1, 5))
            at = now() + timedelta(hours=ahead) if ahead else None
            ground = GROUND if self.careless else ""
            publishing.approve(versions.newest(text), self.dice.choice(self.people), at, ground)
            self.published += 1

    def publication(self):
        return self.dice.choice(Publication.objects.all() or [None])

    def withdraw(self):
        if row := self.publication():
            publishing.withdraw(row, self.dice.choice(self.people))

    def again(self):
        if row := self.publication():
            publishing.again(row, self.dice.choice(self.people))

    def restore(self):
        if text := self.text():
            newest = versions.newest(text).number
            earlier = self.dice.randint(0, newest)
            versions.restore(text, self.dice.choice(self.people), earlier, newest)

    def tick(self):
        self.settings.SHOP_NOW = now() + timedelta(hours=self.dice.choice((0, 1, 3)))

    def change(self):
        """A number of a sentence becomes another, so that what it said is a lie; or it goes back."""
        handle = self.dice.choice(self.handles)
        rows = models.ProductSentence.objects.filter(product__handle=handle)
        if handle in self.was:
            key, text = self.was.pop(handle)
        else:
            row = self.dice.choice([row for row in rows if re.search(r"\d", row.text)] or [None])
            if row is None:
                return
            self.was[handle] = row.pk, row.text
            key, text = row.pk, re.sub(r"\d+", lambda n: str(int(n[0]) + 1), row.text, count=1)
        rows.filter(pk=key).update(text=text)
        models.Product.objects.filter(handle=handle).update(digest=str(self.dice.random()))

    def look(self):
        publishing.look_again()

    def wrong(self):
        """Whatever is shown and should not be."""
        found = studio.live(self.handles)
        for handle, kinds in found.items():
            for kind, shown in kinds.items():
                yield from self.wrong_of(handle, kind, shown)
        rows = publishing.shown_or_to_come().filter(from_at__lte=now())
        pairs = list(rows.values_list("handle", "kind"))
        yield from ("two of a kind" for _one in range(len(pairs) - len({*pairs})))
        yield from ("alone" for row in rows if row.approved_by_id is None)
        yield from ("by an author" for row in rows
                    if row.approved_by_id in versions.authors(row.version))  # fmt: skip

    def wrong_of(self, handle, kind, shown):
        row = publishing.shown_or_to_come().get(handle=handle, kind=kind, from_at__lte=now())
        gone = {self.was[handle][1]} if handle in self.was else set()
        true = {*self.said(handle)}
        for _label, words in shown.lines:
            self.shown_lines += 1
            vouched = any(part in words for part in row.vouched)
            if words in (self.lies[handle] | gone) - true and not vouched:
                yield f"a lie: {words}"
        if not checking.check(handle, kind, shown.lines).holds(row.vouched):
            yield f"not borne out: {shown.lines}"
