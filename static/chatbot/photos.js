// A photo of what is damaged or wrong, where the shop asks for one: chosen, sent with its progress told,
// and from then on seen by the team alone.
import { element } from "./element.js";
import { entry } from "./entry.js";

const MOST_BYTES = 8 * 1024 * 1024;
const KINDS = "image/jpeg,image/png,image/webp";

export class Photos {
  constructor({ to, csrf, words, spoken, here }) {
    Object.assign(this, { to, csrf, words, spoken, here });
  }

  clear() {
    this.box = null;
  }

  /** The button, under the newest reply that asks for a photo. */
  offer(left) {
    this.box?.remove();
    this.left = left;
    this.box = element("div", "chat-photos");
    this.input = element("input");
    Object.assign(this.input, { type: "file", accept: KINDS, hidden: true }); // the button stands for it
    this.input.onchange = () => this.chosen(this.input.files[0]);
    this.button = element("button", "chat-chip", this.words.photoAdd);
    this.button.type = "button";
    this.button.onclick = () => this.input.click();
    this.told = element("p", "chat-photos-told", this.words.photoHint);
    this.told.tabIndex = -1;
    this.box.append(this.button, this.input, this.told);
    return this.box;
  }

  chosen(file) {
    if (!file) return;
    this.input.value = ""; // the same one can be chosen again
    if (file.size > MOST_BYTES) return this.failed(this.words.photoLarge);
    this.send(file);
  }

  async send(file) {
    const body = new FormData();
    body.append("conversation", this.here());
    body.append("client_id", crypto.randomUUID());
    body.append("photo", file);
    const request = new XMLHttpRequest(); // which tells how far it is
    const bar = this.begin();
    request.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
    request.onload = () => this.answered(request, bar);
    request.onerror = () => this.answered(request, bar);
    request.open("POST", this.to);
    try {
      const signs = await entry.signs(this.csrf());
      for (const [name, value] of Object.entries(signs)) request.setRequestHeader(name, value);
      request.send(body);
    } catch {
      this.answered(request, bar); // nobody could be asked
    }
  }

  begin() {
    const bar = element("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", this.words.photoSending);
    this.button.disabled = true;
    this.say(this.words.photoSending);
    this.told.after(bar);
    return bar;
  }

  answered(request, bar) {
    bar.remove();
    this.button.disabled = false;
    if (request.status === 200) return this.say(this.words.photoHint);
    let told = "";
    try {
      told = JSON.parse(request.responseText).message;
    } catch {
      // not from us: no connection, or something between
    }
    this.failed(told || this.words.photoFailed);
  }

  failed(text) {
    this.say(text);
    this.told.classList.add("chat-photos-failed");
    this.told.focus();
  }

  say(text) {
    this.told.classList.remove("chat-photos-failed");
    this.told.textContent = text;
    this.spoken.textContent = text;
  }

  /** One has arrived; whoever had the keyboard here stays here. */
  heard(isNew) {
    const line = element("p", "chat-change", this.words.photoSent);
    if (isNew) this.spoken.textContent = this.words.photoSent;
    this.left -= 1;
    if (this.box && this.left < 1) this.end();
    return line;
  }

  end() {
    const had = this.box.contains(document.activeElement);
    this.box.remove();
    this.box = null;
    if (had) document.getElementById("chat-text").focus();
  }
}
