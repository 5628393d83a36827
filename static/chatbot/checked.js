// What stands behind a reply, unfolded in place: the pages it is from, and which of its sentences was
// checked against what. How many were held back is told, never their words.
import { element } from "./element.js";
import { filled } from "./filled.js";

const DATE = /^\d{4}-\d\d-\d\d$/; // other versions are digests, and say nothing to a shopper

export class Checked {
  constructor(words, ownPath) {
    Object.assign(this, { words, ownPath });
  }

  of(frame, receipt) {
    const sources = frame.sources.filter((source) => this.ownPath(source.href));
    const box = element("div", "chat-folds");
    box.append(...[sources.length && this.sources(sources), this.checks(frame, receipt)].filter(Boolean));
    return box;
  }

  fold(kind, title) {
    const box = element("details", `chat-fold ${kind}`);
    box.append(element("summary", "", title));
    return box;
  }

  sources(sources) {
    const box = this.fold("chat-sources", filled(this.words.sources, "n", sources.length));
    const list = element("ul");
    for (const { title, href, version } of sources) {
      const row = element("li");
      const link = element("a", "", title);
      link.dir = "auto";
      link.href = href;
      link.title = version;
      row.append(link, ...(DATE.test(version) ? [" ", this.version(version)] : []));
      list.append(row);
    }
    box.append(list);
    return box;
  }

  version(date) {
    const day = new Date(date).toLocaleDateString(document.documentElement.lang || [], { dateStyle: "medium", timeZone: "UTC" });
    return element("span", "", filled(this.words.version, "version", day));
  }

  checks({ checked = [], held = 0 }, receipt) {
    if (!checked.length && !held) return null;
    const box = this.fold("chat-checked", this.words.checked);
    const list = element("ul");
    for (const { sentence, against } of checked) {
      const row = element("li");
      const said = element("q", "", sentence);
      said.dir = "auto";
      row.append(said, " ", filled(this.words.against, "titles", against.join(", ")));
      list.append(row);
    }
    box.append(element("p", "", this.words.howChecked), list);
    if (held) box.append(element("p", "chat-held-back", filled(this.words.heldBack, "n", held)));
    box.append(this.receipt(receipt));
    return box;
  }

  receipt(code) {
    const line = element("p", "", this.words.onRecord);
    const link = element("a", "", this.words.seeReceipt);
    link.href = `${this.words.receipts}${encodeURIComponent(code.toWellFormed())}/`;
    link.target = "_blank";
    link.rel = "noopener";
    line.append(" ", link);
    return line;
  }
}
