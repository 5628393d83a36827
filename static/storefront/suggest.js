// Suggestions under the search box while one types: a combobox with a list, as in the ARIA Authoring
// Practices (editable combobox with list autocomplete). Without this module the box just searches.
const PAUSE = 150; // ms without a key before it asks
const MOST = 200; // characters, as the server reads

class Suggestions {
  constructor(box) {
    this.box = box;
    this.address = box.dataset.suggest;
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `${box.id}-options`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.label);
    this.told = document.createElement("span");
    this.told.className = "hidden";
    this.told.setAttribute("role", "status");
    box.after(this.list, this.told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]])
      box.setAttribute(name, value);
    this.listen();
  }

  listen() {
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.close());
    // A press must not take the focus away before it is a click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(option);
    });
  }

  typed() {
    clearTimeout(this.pause);
    this.asked?.abort();
    const query = this.box.value.trim();
    if (!query) return this.close();
    this.pause = setTimeout(() => this.ask(query), PAUSE);
  }

  async ask(query) {
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams({ q: query.slice(0, MOST) })}`, { signal });
      if (!answer.ok) return this.close();
      const found = await answer.json();
      if (!signal.aborted && document.activeElement === this.box) this.show(found);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no connection: the box still searches
    }
  }

  show({ told, options }) {
    this.choose(-1);
    this.list.replaceChildren(...options.map((option, n) => this.option(option, n)));
    this.list.hidden = options.length === 0;
    this.box.setAttribute("aria-expanded", String(options.length > 0));
    this.told.textContent = told;
  }

  option({ title, price, href }, n) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${n}`;
    item.dataset.href = href;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const text of [title, price]) {
      const part = document.createElement("span");
      part.textContent = text;
      item.append(part, " ");
    }
    return item;
  }

  key(event) {
    if (event.isComposing) return;
    const options = this.list.children;
    const open = !this.list.hidden;
    if (event.key === "Escape" && open) {
      event.preventDefault(); // the next one empties the box
      return this.close();
    }
    if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      return this.go(options[this.at]);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (!open) return this.typed();
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One stop of the round is the box itself, where none is chosen.
    const stops = options.length + 1;
    this.choose(((this.at + 1 + step + stops) % stops) - 1);
  }

  choose(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.list.children[at];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  go(option) {
    location.assign(new URL(option.dataset.href, location.origin));
  }

  close() {
    clearTimeout(this.pause);
    this.asked?.abort();
    this.choose(-1);
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.told.textContent = "";
  }
}

for (const box of document.querySelectorAll("input[data-suggest]")) new Suggestions(box);
