// What who waits may expect, and where an answer goes by e-mail: an address leaves the page in a
// frame of its own and comes back masked.
const by = (id) => document.getElementById(`chat-${id}`);

// A function, for "$&" in an address is no pattern of ours.
const filled = (words, name, value) => words.replace(`{${name}}`, () => value);

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
    const before = by("outlook-told").textContent;
    const hidden = by("outlook").hidden;
    by("outlook").hidden = !this.told(frame);
    by("outlook-told").textContent = this.told(frame);
    by("mail-own").hidden = !frame.own;
    by("mail-own").textContent = filled(this.words.mailOwn, "address", frame.own);
    if (!hidden && before === this.told(frame)) return;
    by("mail").hidden = Boolean(frame.address);
    by("mail-change").hidden = !frame.address;
  }

  told({ back, address, there }) {
    const { words } = this;
    if (address) return filled(words.mailed, "address", address);
    if (there !== "no") return "";
    return back ? filled(words.back, "back", back) : words.nobody;
  }

  ask() {
    by("mail").hidden = false;
    by("mail-change").hidden = true;
    by("address").focus();
  }
}
