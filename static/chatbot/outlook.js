// What who waits may expect, and where an answer goes by e-mail: an address leaves the page in a
// frame of its own and comes back masked.
import { filled } from "./filled.js";

const by = (id) => document.getElementById(`chat-${id}`);

export class Outlook {
  constructor(words, leave) {
    Object.assign(this, { words, leave });
    by("mail").addEventListener("submit", (event) => {
      event.preventDefault();
      if (by("address").reportValidity()) leave(by("address").value.trim());
    });
    by("mail-own").addEventListener("click", () => leave(""));
    by("mail-change").addEventListener("click", () => this.ask());
  }

  show(frame) {
    const told = this.told(frame);
    by("outlook").hidden = !told;
    by("outlook-told").textContent = told;
    by("mail-own").hidden = !frame.own;
    by("mail-own").textContent = filled(this.words.mailOwn, "address", frame.own);
    const writes = document.activeElement === by("address");
    if (writes && frame.address === this.address) return;
    this.address = frame.address;
    by("mail").hidden = Boolean(frame.address) || !frame.there;
    by("mail-change").hidden = !frame.address;
  }

  told({ there, back, wait, address }) {
    const { words } = this;
    const later = back ? filled(words.back, "back", back) : words.nobody;
    const away = there === "absent" ? words.absent : there && later;
    const mailed = filled(words.mailed, "address", address);
    return [wait, address ? mailed : away].filter(Boolean).join(" ");
  }

  ask() {
    by("mail").hidden = false;
    by("mail-change").hidden = true;
    by("address").focus();
  }
}
