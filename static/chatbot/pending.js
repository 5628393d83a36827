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
      if (frame.type === "message") this.mark(this.bubble(frame, isOpen), frame, isOpen || tried);
    }
  }

  bubble(frame, sends) {
    if (this.shown.has(frame.client_id)) return this.shown.get(frame.client_id);
    const box = element("div", "chat-pending");
    const said = element("div", "chat-waits", frame.text);
    said.dir = "auto";
    box.append(said, element("p", "chat-pending-told"));
    this.shown.set(frame.client_id, box);
    this.roll.log.append(box);
    this.roll.follow(true);
    if (!sends) this.spoken.textContent = this.words.willBeSent;
    return box;
  }

  mark(box, frame, sending) {
    box.querySelector(".chat-pending-told").textContent = sending ? this.words.sending : this.words.willBeSent;
    const back = box.querySelector("button");
    if (sending) return back?.remove();
    if (!back) box.append(this.back(frame));
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
    this.shown.get(clientId)?.remove();
    this.shown.delete(clientId);
  }

  clear() {
    for (const id of this.shown.keys()) this.drop(id);
  }
}
