// Corrections: what a person of the team set right later, and the marks between it and its reply.
import { element } from "./element.js";

const MARKED_MS = 2000;

// A function, for "$&" in a name is no pattern of ours.
const named = (words, name) => words.replace("{name}", () => name);

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

  /** The correction under the person's name; `item`, the reply it corrects, gets a mark. */
  bubble({ receipt, name, text }, item) {
    const bubble = element("article", "chat-reply chat-human chat-correction");
    const said = element("p", "chat-text", text);
    said.dir = "auto";
    bubble.append(element("strong", "chat-who", named(this.words.correction, name)), said);
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
  withdraw({ receipt, name }) {
    const { bubble, mark } = this.standing.get(receipt) ?? {};
    if (!bubble) return;
    bubble.classList.add("chat-withdrawn");
    bubble.querySelector(".chat-who").after(this.withdrawal(name));
    if (mark) mark.textContent = named(this.words.correctionWithdrawn, name);
    this.standing.delete(receipt);
  }

  withdrawal(name) {
    return element("p", "chat-withdrawal", named(this.words.withdrawn, name));
  }

  announce({ name, text }) {
    const head = named(text ? this.words.correction : this.words.withdrawn, name);
    this.spoken.textContent = text ? `${head}: ${text}` : head;
  }
}
