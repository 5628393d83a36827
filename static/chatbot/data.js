// "Your data": what is kept, as the server words it; to download, or to erase after two questions.
import { Pane } from "./pane.js";

export class YourData extends Pane {
  constructor({ panel, box, opener, csrf, words, erased }) {
    super({ panel, box, opener });
    Object.assign(this, { csrf, words, erased });
    box.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
  }

  async open() {
    this.show(true);
    this.box.textContent = this.words.connecting;
    try {
      const answer = await fetch(this.box.dataset.from, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.box.replaceChildren(...part.body.children);
      this.box.querySelector("h3").focus();
    } catch {
      this.box.textContent = this.words.notShown;
    }
  }

  pressed(button) {
    if (button?.dataset.to) this.step(button.dataset.to);
    if (button?.dataset.erase) this.erase(button);
  }

  step(to) {
    for (const step of this.box.querySelectorAll("[data-step]")) step.hidden = step.dataset.step !== to;
    const shown = this.box.querySelector(`[data-step="${to}"]`);
    shown.querySelector("h4, button").focus();
    shown.scrollIntoView({ block: "nearest" });
  }

  async erase(button) {
    button.disabled = true;
    try {
      const headers = { "X-CSRFToken": this.csrf() };
      const answer = await fetch(button.dataset.erase, { method: "POST", headers, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
    } catch {
      button.disabled = false;
      this.told(this.words.notErased);
      return;
    }
    this.close();
    this.erased();
  }

  told(text) {
    const told = this.box.querySelector(".chat-data-told") ?? document.createElement("p");
    told.className = "chat-data-told";
    told.setAttribute("role", "alert");
    told.textContent = text;
    this.box.append(told);
  }
}
