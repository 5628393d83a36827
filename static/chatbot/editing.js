// The last message can be put otherwise: it comes back into the field, and what is sent then takes
// its place. The server keeps both.
import { element } from "./element.js";

/** What was written first, and below it what was written then; neither is lost. */
export const both = (...written) => written.filter(Boolean).join("\n");

export class Editing {
  constructor({ bar, stop, text, words, roll, say }) {
    Object.assign(this, { bar, text, words, roll, say });
    this.said = new Map(); // turn -> bubble and words
    this.button = element("button", "chat-link chat-edit", words.edit);
    this.button.type = "button";
    this.button.onclick = () => this.begin();
    this.before = ""; // what stood in the field when the editing began
    stop.addEventListener("click", () => this.end(""));
  }

  clear() {
    this.end();
    this.said.clear();
    this.last = null;
  }

  /** The newest message, which alone can be changed; a person was asked for by a button. */
  heard(frame, bubble) {
    if (this.turn) this.end();
    if (frame.replaces) this.mark(frame);
    this.last = frame.person ? null : frame;
    this.said.set(frame.turn, { bubble, text: frame.text });
    if (this.last) bubble.after(this.button);
    else this.button.remove();
  }

  mark({ replaces, text }) {
    const old = this.said.get(replaces);
    if (!old) return;
    old.bubble.classList.add("chat-replaced");
    const told = old.text === text ? this.words.askedAgain : this.words.changed;
    old.bubble.after(element("p", "chat-change", told));
  }

  /** While a person has the chat, what was read there is not changed. */
  allow(allowed) {
    this.button.hidden = !allowed;
    if (!allowed && this.turn) this.end();
  }

  begin() {
    if (!this.last || this.button.hidden) return;
    if (this.turn) return this.text.focus();
    this.turn = this.last.turn;
    this.before = this.text.value;
    this.bar.hidden = false;
    this.fill(this.last.text);
    this.text.focus();
    this.text.select();
  }

  /** Leave the field to what stood there before, and to what is left of the words. */
  end(left = this.text.value) {
    if (!this.turn) return;
    if (this.bar.contains(document.activeElement)) this.text.focus(); // it is gone next
    this.turn = null;
    this.bar.hidden = true;
    this.fill(both(this.before, left));
    this.before = "";
  }

  /** Words that come back: into the field, or behind what is being changed there. */
  giveBack(words) {
    if (this.turn) this.before = both(this.before, words);
    else this.fill(both(words, this.text.value));
  }

  /** The caret stays where it was, counted from the end. */
  fill(words) {
    const behind = this.text.value.length - this.text.selectionEnd;
    this.text.value = words;
    this.text.selectionStart = this.text.selectionEnd = Math.max(0, words.length - behind);
    this.text.dispatchEvent(new Event("input"));
  }

  isLast(turn) {
    return this.last?.turn === turn && !this.button.hidden;
  }

  /** The same words once more, in the place of what stopped or broke. */
  again(turn) {
    if (this.isLast(turn)) this.say(this.last.text, turn);
  }
}
