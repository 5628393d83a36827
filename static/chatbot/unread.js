// How much has come that nobody has seen: while the panel is closed, or its page in the background.
// What was seen is remembered with the tab, so that a reload changes nothing.
import { entry } from "./entry.js";
import { kept } from "./kept.js";

const READ = "chat-read"; // the newest frame that was on screen
const NEWS = new Set(["sentence", "held", "person", "correction"]);

export class Unread {
  constructor(panel, line) {
    Object.assign(this, { panel, line, news: new Set() });
    document.addEventListener("visibilitychange", () => this.look());
  }

  seen() {
    return !this.panel.hidden && document.visibilityState === "visible";
  }

  /** A tab that remembers nothing has nothing left unread. */
  welcome(frame) {
    if (kept.getItem(READ) === null) kept.setItem(READ, frame.last_seq);
  }

  /** The sentences of one reply are one thing. */
  heard(frame) {
    if (!frame.seq || frame.seq <= Number(kept.getItem(READ))) return;
    if (this.seen()) return kept.setItem(READ, frame.seq);
    if (!NEWS.has(frame.type) || (frame.type === "correction" && !frame.text)) return;
    this.news.add(frame.turn && frame.type !== "correction" ? `turn ${frame.turn}` : frame.seq);
    entry.unread(this.news.size);
  }

  /** The panel was opened, or its page came to the front. */
  look() {
    if (!this.seen()) return;
    if (this.line.lastSeq) kept.setItem(READ, this.line.lastSeq);
    if (this.news.size) entry.unread(0);
    this.news.clear();
  }

  clear() {
    kept.removeItem(READ);
    this.news.clear();
    entry.unread(0);
  }
}
