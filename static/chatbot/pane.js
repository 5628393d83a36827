// A pane that takes the place of the conversation while it is shown; one at a time.
const all = [];

export class Pane {
  constructor({ panel, box, opener }) {
    Object.assign(this, { panel, box, opener });
    all.push(this);
    opener.addEventListener("click", () => (this.shown() ? this.close() : this.open()));
  }

  shown() {
    return !this.box.hidden;
  }

  show(visible) {
    for (const other of all) if (visible && other !== this && other.shown()) other.show(false);
    this.box.hidden = !visible;
    this.panel.classList.toggle("chat-shows-data", visible);
    this.opener.setAttribute("aria-expanded", String(visible));
  }

  close(focus = this.opener) {
    this.show(false);
    this.box.replaceChildren();
    focus.focus();
  }
}
