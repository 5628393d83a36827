// Corrections: what a person of the team set right later, and the marks between it and its reply; and
// what a person answered in place of a reply that was never shown, which has no marks.
import { element } from "./element.js";
import { filled } from "./filled.js";

const MARKED_MS = 2000;
const named = (words, name) => filled(words, "name", name);

/** Leads the eye there, and whoever uses the keyboard. */
function lead(item) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.classList.add("chat-marked");
  setTimeout(() => item.classList.remove("chat-marked"), MARKED_MS);
}

function jump(text, item) {
  const button = element("button", "chat-jump", text);
  button.type = "button";
  button.onclick = () => lead(item);
  return button;
}

export class Corrections {
  constructor(spoken, words) {
    Object.assign(this, { spoken, words });
    this.standing = new Map(); // receipt -> the bubble and the mark; one stands at a time
  }

  clear() {
    this.standing.clear();
  }

  /** The words under the person's name; `reply`, which they correct, gets a mark. */
  bubble(frame, reply) {
    const { receipt, name, text, instead } = frame;
    const item = instead ? undefined : reply;
    const bubble = element("article", `chat-reply chat-human ${instead ? "chat-answer" : "chat-correction"}`);
    const said = element("p", "chat-text", text);
    said.dir = "auto";
    bubble.append(element("strong", "chat-who", this.head(frame)), said);
    if (item) bubble.append(jump(this.words.corrects, item));
    this.standing.set(receipt, { bubble, mark: item && this.mark(item, bubble, name) });
    return bubble;
  }

  mark(item, bubble, name) {
    item.querySelector(".chat-corrected")?.remove();
    const mark = element("p", "chat-corrected");
    mark.append(jump(named(this.words.corrected, name), bubble));
    item.querySelector(".chat-text").before(mark);
    return mark.firstChild;
  }

  /** What was told stays to be read; both ends say that it no longer holds. */
  withdraw(frame) {
    const { receipt, name } = frame;
    const { bubble, mark } = this.standing.get(receipt) ?? {};
    if (!bubble) return;
    bubble.classList.add("chat-withdrawn");
    bubble.querySelector(".chat-who").after(element("p", "chat-withdrawal", this.head(frame)));
    if (mark) mark.textContent = named(this.words.correctionWithdrawn, name);
    this.standing.delete(receipt);
  }

  /** What stands above the words, or that they are withdrawn. */
  head({ name, text, instead }) {
    const { answer, answerWithdrawn, correction, withdrawn } = this.words;
    if (instead) return named(text ? answer : answerWithdrawn, name);
    return named(text ? correction : withdrawn, name);
  }

  announce(frame) {
    const { text } = frame;
    const head = this.head(frame);
    this.spoken.textContent = text ? `${head}: ${text}` : head;
  }
}
