// The transcript: what was said, by whom, on which sources, and what can be pressed.
import { Actions } from "./actions.js";
import { Corrections } from "./corrections.js";
import { card } from "./cards.js";
import { Checked } from "./checked.js";
import { element } from "./element.js";
import { Held } from "./held.js";
import { Ratings } from "./ratings.js";

// The parsed address decides: browsers read "/\\host" and a slash, a tab and a slash as "//host".
function ownPath(href) {
  if (typeof href !== "string" || !href.startsWith("/")) return false;
  return URL.canParse(href, location.href) && new URL(href, location.href).origin === location.origin;
}

const AGAIN = new Set(["stopped", "unavailable"]);
const SVG = "http://www.w3.org/2000/svg";

// A thumb, drawn: not every system has an emoji font.
function hand(up) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M3 10h4v10H3zM7 11l4-8c3 0 3 3 2 6h6c2 0 2 2 2 3l-2 6c0 1-1 2-3 2H7");
  if (!up) line.setAttribute("transform", "rotate(180 12 12)");
  drawing.append(line);
  return drawing;
}

export class Transcript {
  constructor(roll, spoken, words, editing, photos, { rate, ask, press, stop, ratePerson }) {
    Object.assign(this, { roll, log: roll.log, spoken, words, editing, photos, rate, ask });
    this.replies = new Map();
    this.actions = new Actions(spoken, words, press);
    this.corrections = new Corrections(spoken, words);
    this.held = new Held(spoken, words, stop);
    this.checked = new Checked(words, ownPath);
    this.ratings = new Ratings(spoken, words, ratePerson);
  }

  clear() {
    this.log.replaceChildren();
    this.replies.clear();
    this.actions.clear();
    this.corrections.clear();
    this.held.clear();
    this.ratings.clear();
    this.editing.clear();
    this.photos.clear();
    this.roll.follow(true);
  }

  /** A line of its own between what was said. */
  change(text) {
    this.roll.put(element("p", "chat-change", text));
  }

  /** That the assistant speaks another language than the page does, once. */
  foreign() {
    if (!this.words.foreign || this.log.querySelector(".chat-foreign")) return;
    this.log.prepend(element("p", "chat-change chat-foreign", this.words.foreign));
  }

  suggest(questions, asked) {
    if (this.log.querySelector(":scope > :not(.chat-change)")) return;
    const box = this.chips("chat-hello", questions, asked);
    box.prepend(element("p", "", this.words.hello));
    this.roll.put(box);
  }

  /** Questions to press, as the page calls them and as the assistant understands them; whoever had
   * the keyboard there goes on in the field. */
  chips(kind, questions, asked) {
    const box = element("div", kind);
    questions.forEach((question, place) => {
      const button = element("button", "chat-chip", question);
      button.type = "button";
      button.dir = "auto";
      button.onclick = () => this.once(box, () => this.ask(asked[place] ?? question));
      box.append(button);
    });
    return box;
  }

  /** A second click, before what was pressed is on its way, presses nothing. */
  once(box, press) {
    if (box.dataset.pressed) return;
    box.dataset.pressed = "yes";
    press();
  }

  /** Chips that stood for the next message are gone with it. */
  said(frame) {
    for (const old of this.log.querySelectorAll(".chat-hello, .chat-again, .chat-next")) old.remove();
    const item = element("div", "chat-said", frame.text);
    item.dir = "auto";
    this.roll.put(item);
    this.replace(frame.replaces);
    this.editing.heard(frame, item);
    this.roll.follow();
  }

  replace(turn) {
    this.replies.get(turn)?.item.classList.add("chat-replaced");
  }

  reply(frame) {
    const item = element("article", "chat-reply");
    item.append(element("span", "chat-badge", this.words.ai));
    const text = element("p", "chat-text");
    text.dir = "auto";
    item.append(text);
    this.replies.set(frame.turn, { item, text, receipt: frame.receipt });
    this.roll.put(item);
  }

  /** What a person says: under the name, and never under the AI's mark. */
  person(frame, isNew) {
    this.log.querySelector(".chat-again")?.remove();
    const item = element("article", "chat-reply chat-human");
    const text = element("p", "chat-text", frame.text);
    text.dir = "auto";
    const who = element("strong", "chat-who", frame.name);
    who.dir = "auto";
    item.append(who, text);
    this.roll.put(item);
    if (isNew) this.spoken.textContent = `${frame.name}: ${frame.text}`;
  }

  /** Whoever of the team had this is gone: how was it? */
  askRating(frame, isNew) {
    const form = this.ratings.ask(frame, isNew);
    if (form) this.roll.put(form);
  }

  /** What a reply should have said; without a text, that this is withdrawn. */
  correction(frame, isNew) {
    const reply = this.replies.get(frame.turn);
    if (frame.text) this.roll.put(this.corrections.bubble(frame, reply?.item));
    else this.corrections.withdraw(frame);
    if (isNew) this.corrections.announce(frame);
    this.roll.follow();
  }

  /** A person is checking what would be said. */
  wait(frame, isNew) {
    const reply = this.replies.get(frame.turn);
    if (!reply) return;
    reply.item.append(this.held.box(frame));
    if (isNew) this.held.announce(frame);
    this.roll.follow();
  }

  sentence(frame) {
    const reply = this.replies.get(frame.turn);
    if (!reply) return;
    this.held.end(frame.turn, reply.item);
    const part = element("span", frame.notice ? "chat-notice" : "chat-sentence", frame.text);
    if (frame.notice) part.dir = "auto";
    reply.text.append(part, " ");
    this.roll.follow();
  }

  card(frame) {
    const reply = this.replies.get(frame.turn);
    if (!reply || !ownPath(frame.href)) return;
    reply.item.append(card(frame, ownPath));
    this.roll.follow();
  }

  action(frame) {
    const reply = this.replies.get(frame.turn);
    if (!reply) return;
    reply.item.append(this.actions.card(frame));
    this.roll.follow();
  }

  done(frame, isNew) {
    const reply = this.replies.get(frame.turn);
    if (!reply) return;
    this.held.end(frame.turn, document.getElementById("chat-text"));
    const again = this.again(frame);
    if (!reply.text.textContent && !reply.item.querySelector(".chat-action")) {
      reply.item.replaceWith(...(again ? [again] : []));
      return this.roll.follow();
    }
    reply.item.append(this.checked.of(frame, reply.receipt));
    if (frame.photos) reply.item.append(this.photos.offer(frame.photos));
    this.foot(reply);
    reply.item.after(...[again, this.next(frame)].filter(Boolean));
    if (isNew) this.spoken.textContent = reply.text.textContent;
    this.roll.follow();
  }

  /** What may be asked next, under the newest reply alone. */
  next({ turn, next = [], labels = next }) {
    return next.length && this.editing.isLast(turn) ? this.chips("chat-next", labels, next) : null;
  }

  /** A way to ask once more what was stopped, or what broke. */
  again({ turn, outcome }) {
    if (!AGAIN.has(outcome) || !this.editing.isLast(turn)) return null;
    const row = element("div", "chat-again");
    const button = element("button", "chat-chip", this.words.again);
    button.type = "button";
    button.onclick = () => this.once(row, () => this.editing.again(turn));
    row.append(...(outcome === "stopped" ? [element("span", "", this.words.stopped)] : []), button);
    return row;
  }

  foot(reply) {
    const foot = element("div", "chat-foot");
    const receipt = element("a", "chat-receipt", `${this.words.receipt} `);
    receipt.append(element("bdi", "", reply.receipt));
    receipt.href = `${this.words.receipts}${encodeURIComponent(reply.receipt.toWellFormed())}/`;
    receipt.target = "_blank";
    receipt.rel = "noopener";
    const thumbs = element("span", "chat-thumbs");
    thumbs.append(this.thumb(reply, true), this.thumb(reply, false));
    foot.append(receipt, this.copy(reply), thumbs);
    reply.item.append(foot);
  }

  copy(reply) {
    const copy = element("button", "chat-copy", this.words.copy);
    copy.type = "button";
    copy.setAttribute("aria-label", `${this.words.copy}: ${reply.receipt}`);
    copy.onclick = async () => {
      await navigator.clipboard?.writeText(reply.receipt);
      copy.textContent = this.words.copied;
    };
    return copy;
  }

  thumb(reply, helpful) {
    const button = element("button", "chat-thumb");
    button.type = "button";
    button.append(hand(helpful));
    button.setAttribute("aria-label", helpful ? this.words.helpful : this.words.unhelpful);
    button.setAttribute("aria-pressed", "false");
    button.onclick = () => {
      for (const other of reply.item.querySelectorAll(".chat-thumb")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      this.rate(reply.receipt, helpful, "");
      if (!helpful) this.why(reply);
    };
    return button;
  }

  why(reply) {
    if (reply.item.querySelector(".chat-why")) return;
    const form = element("form", "chat-why");
    const input = element("input");
    input.maxLength = 1000;
    input.placeholder = this.words.why;
    input.setAttribute("aria-label", this.words.why);
    form.append(input, element("button", "", this.words.sendWhy));
    form.onsubmit = (event) => {
      event.preventDefault();
      this.rate(reply.receipt, false, input.value);
      form.replaceChildren(element("span", "", this.words.thanks));
    };
    reply.item.append(form);
    input.focus();
  }
}
