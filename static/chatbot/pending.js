// What the shopper wrote and the server has not taken yet: it stands in the transcript at once, says
// what becomes of it, and can be taken back as long as it has not gone out.
import { element } from "./element.js";

export class Pending {
  constructor(roll, spoken, words, outbox, takenBack) {
    Object.assign(this, { roll, spoken, words, outbox, takenBack });
    this.shown = new Map(); // client id -> bubble
  }

  /** Every message that waits, each once; whether there is a line decides what is said of it. */
  show(isOpen) {
    for (const { frame, tried } of this.outbox.entries()) {
      if (frame.type === "message") this.put(frame, isOpen || tried);
    }
  }

  put(frame, sending) {
    const isNew = !this.shown.has(frame.client_id);
    this.mark(this.bubble(frame), frame, sending);
    if (isNew) this.roll.follow(true);
    if (isNew && !sending) this.spoken.textContent = this.words.willBeSent;
  }

  bubble(frame) {
    if (this.shown.has(frame.client_id)) return this.shown.get(frame.client_id);
    const box = element("div", "chat-pending");
    const said = element("div", "chat-waits", frame.text);
    said.dir = "auto";
    box.append(said, element("p", "chat-pending-told"));
    this.shown.set(frame.client_id, box);
    this.roll.log.append(box);
    return box;
  }

  mark(box, frame, sending) {
    box.querySelector(".chat-pending-told").textContent = sending ? this.words.sending : this.words.willBeSent;
    const back = box.querySelector("button");
    if (!sending && !back) box.append(this.back(frame));
    if (sending && back) this.away(back);
  }

  back(frame) {
    const button = element("button", "chat-link", this.words.takeBack);
    button.type = "button";
    button.onclick = () => {
      this.outbox.drop(frame.client_id);
      this.drop(frame.client_id);
      this.takenBack(frame.text);
    };
    return button;
  }

  drop(clientId) {
    if (this.shown.has(clientId)) this.away(this.shown.get(clientId));
    this.shown.delete(clientId);
  }

  /** Whoever had the keyboard there goes on in the field. */
  away(node) {
    if (node.contains(document.activeElement)) document.getElementById("chat-text").focus();
    node.remove();
  }

  clear() {
    for (const id of this.shown.keys()) this.drop(id);
  }
}
