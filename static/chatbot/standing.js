// Who has the conversation: the assistant, a person by name, or nobody yet, at a place in the line.
import { element } from "./element.js";
import { filled } from "./filled.js";

const by = (id) => document.getElementById(`chat-${id}`);

export class Standing {
  constructor(roll, spoken, words, onChange) {
    Object.assign(this, { roll, spoken, words, onChange });
    this.news = 0; // frames up to this one stood there before; they are not announced
  }

  /** As it stands when the chat opens, or when the line is back. */
  welcome(frame, first) {
    if (first) Object.assign(this, { news: frame.last_seq, last: { state: "assistant", name: "" } });
    this.show(frame);
  }

  isNew(frame) {
    return frame.seq > this.news;
  }

  /** As it changes; older changes, seen again, only leave their line in the transcript. */
  change(frame) {
    const text = this.changed(frame);
    this.last = frame;
    if (text) this.roll.put(element("p", "chat-change", text));
    if (this.isNew(frame)) {
      this.show(frame);
      this.spoken.textContent = text || this.told(frame);
    }
  }

  changed({ state, name }) {
    const { words, last } = this;
    if (state === "person") return name === last.name ? "" : filled(words.joined, "name", name);
    if (state === "closed") return words.closed;
    if (last.state !== "person") return "";
    return state === "assistant" ? words.left : filled(words.lost, "name", last.name);
  }

  show(frame) {
    const person = frame.state === "person";
    by("name").textContent = person ? frame.name : this.words.assistant;
    by("badge").hidden = person;
    by("person").hidden = person;
    by("disclosure").hidden = person;
    const told = this.told(frame);
    by("standing").textContent = told;
    by("standing").hidden = !told;
    by("standing").dataset.state = frame.state;
    this.onChange(frame.state);
  }

  told({ state, name, place }) {
    if (state === "person") return filled(this.words.with, "name", name);
    if (state !== "waiting" || !place) return "";
    const ordinal = this.words.places.split("|")[place - 1];
    const text = ordinal ? this.words.line : this.words.lineFar;
    return filled(text, "place", ordinal ?? place);
  }
}
