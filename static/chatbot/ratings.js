// Asks once how a person of the team did. What was passed over is not asked again in this tab; what
// was said is on record, and comes back in a frame of its own.
import { element } from "./element.js";
import { filled } from "./filled.js";
import { kept } from "./kept.js";

const PASSED = "chat-not-rated";

export class Ratings {
  constructor(spoken, words, rate) {
    Object.assign(this, { spoken, words, rate });
    this.forms = new Map();
  }

  clear() {
    this.forms.clear();
    kept.removeItem(PASSED);
  }

  passed() {
    return JSON.parse(kept.getItem(PASSED) || "[]");
  }

  /** The question, or nothing where it has been passed over. */
  ask(frame, isNew) {
    if (this.passed().includes(frame.takeover)) return "";
    const question = filled(this.words.rateAsk, "name", frame.name);
    const form = element("form", "chat-rate");
    form.append(this.choices(frame, question), this.buttons(frame, form));
    form.onsubmit = (event) => this.send(event, frame);
    this.forms.set(frame.takeover, form);
    if (isNew) this.spoken.textContent = question;
    return form;
  }

  choices(frame, question) {
    const box = element("fieldset");
    const comment = element("input");
    Object.assign(comment, { type: "text", name: "comment", maxLength: 1000 });
    const label = element("label", "chat-rate-comment", this.words.rateComment);
    label.append(comment);
    box.append(
      element("legend", "", question),
      this.choice(frame, "yes", this.words.rateGood),
      this.choice(frame, "no", this.words.rateBad),
      label,
    );
    return box;
  }

  choice(frame, value, text) {
    const radio = element("input");
    Object.assign(radio, { type: "radio", name: `good-${frame.takeover}`, value, required: true });
    const label = element("label", "chat-rate-choice");
    label.append(radio, text);
    return label;
  }

  buttons(frame, form) {
    const box = element("div", "chat-rate-buttons");
    const skip = element("button", "chat-rate-skip", this.words.rateSkip);
    skip.type = "button";
    skip.onclick = () => this.pass(frame, form);
    box.append(element("button", "", this.words.rateSend), skip);
    return box;
  }

  send(event, { takeover }) {
    event.preventDefault();
    const given = new FormData(event.target);
    this.rate(takeover, given.get(`good-${takeover}`) === "yes", given.get("comment"));
  }

  pass({ takeover }, form) {
    kept.setItem(PASSED, JSON.stringify([...this.passed(), takeover]));
    this.forms.delete(takeover);
    form.remove();
    document.getElementById("chat-text").focus();
  }

  /** What is on record now stands in place of the question. */
  given(frame, isNew) {
    const form = this.forms.get(frame.takeover);
    const held = form?.contains(document.activeElement);
    const told = element("p", "chat-change", frame.good ? this.words.ratedGood : this.words.ratedBad);
    told.tabIndex = -1;
    form?.replaceWith(told);
    if (held) told.focus();
    if (isNew && form) this.spoken.textContent = told.textContent;
  }
}
