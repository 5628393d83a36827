// Replies that wait for staff: that a person is checking, until when at the latest, and a way not to
// wait. What comes of it takes the place of all this.
import { element } from "./element.js";
import { filled } from "./filled.js";

const EVERY = 5000;
const { lang } = document.documentElement;
const clock = (until) => new Date(until).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
const span = new Intl.NumberFormat(lang, { style: "unit", unit: "minute", unitDisplay: "long" });

export class Held {
  constructor(spoken, words, stop) {
    Object.assign(this, { spoken, words, stop });
    this.boxes = new Map(); // turn -> what counts down
    setInterval(() => this.count(), EVERY);
  }

  clear() {
    this.boxes.clear();
  }

  box({ turn, text, until }) {
    const box = element("div", "chat-held");
    const left = element("p", "chat-held-left");
    const stop = element("button", "chat-held-stop", this.words.stopWaiting);
    stop.type = "button";
    stop.onclick = () => this.stop(turn);
    box.append(element("p", "chat-notice", text), left, stop);
    this.boxes.set(turn, { box, left, until });
    this.count();
    return box;
  }

  count() {
    for (const { left, until } of this.boxes.values()) left.textContent = this.told(until);
  }

  told(until) {
    const minutes = Math.ceil((Date.parse(until) - Date.now()) / 60000);
    if (!(minutes > 0)) return this.words.untilNow;
    const text = filled(this.words.until, "time", clock(until));
    return minutes > 1 ? `${text} (${span.format(minutes)})` : text;
  }

  /** Whoever had the keyboard in it is led to what takes its place. */
  end(turn, instead) {
    const { box } = this.boxes.get(turn) ?? {};
    if (!box) return;
    const had = box.contains(document.activeElement);
    box.remove();
    this.boxes.delete(turn);
    if (!had) return;
    instead.tabIndex = -1;
    instead.focus();
  }

  announce({ text, until }) {
    this.spoken.textContent = `${text} ${this.told(until)}`;
  }
}
