// Cards with a button: what would be done, line by line; nothing is done but by pressing it.
import { element } from "./element.js";

export class Actions {
  constructor(spoken, words, press) {
    Object.assign(this, { spoken, words, press });
    this.cards = new Map();
  }

  clear() {
    this.cards.clear();
  }

  card(frame) {
    const card = element("section", `chat-action chat-action-${frame.kind}`);
    card.setAttribute("aria-label", frame.title);
    const terms = element("ul");
    terms.append(...frame.terms.map((line) => element("li", "", line)));
    const buttons = element("div", "chat-action-buttons");
    buttons.append(
      this.button(frame.id, "confirm", frame.confirm),
      this.button(frame.id, "decline", frame.decline),
    );
    card.append(element("strong", "", frame.title), terms, buttons);
    this.cards.set(frame.id, card);
    return card;
  }

  button(id, choice, label) {
    const button = element("button", `chat-action-${choice}`, label);
    button.type = "button";
    button.onclick = () => {
      this.busy(id, true);
      this.press(id, choice);
    };
    return button;
  }

  busy(id, waits) {
    for (const button of this.cards.get(id).querySelectorAll("button")) button.disabled = waits;
  }

  state(frame, isNew) {
    const card = this.cards.get(frame.id);
    if (!card) return;
    const held = card.contains(document.activeElement);
    card.querySelector(".chat-action-buttons")?.remove();
    card.querySelector(".chat-action-told")?.remove();
    card.dataset.state = frame.state;
    const told = element("p", "chat-action-told", frame.text);
    told.tabIndex = -1;
    card.append(told);
    if (frame.undo) card.append(this.undo(frame.id));
    if (held) told.focus();
    if (isNew) this.spoken.textContent = frame.text;
  }

  undo(id) {
    const buttons = element("div", "chat-action-buttons");
    buttons.append(this.button(id, "undo", this.words.undo));
    return buttons;
  }

  release() {
    for (const id of this.cards.keys()) this.busy(id, false);
  }
}
