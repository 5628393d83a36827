// The shopper's own chats: a list to go on with an earlier one, and a way to begin anew.
import { element } from "./element.js";
import { Pane } from "./pane.js";

const day = (moment) => new Date(moment).toLocaleDateString(document.documentElement.lang || [], { dateStyle: "medium" });

export class Chats extends Pane {
  constructor({ panel, box, opener, words, ask, here, go, field }) {
    super({ panel, box, opener });
    Object.assign(this, { words, ask, here, go, field });
  }

  open() {
    this.show(true);
    this.fill(this.ask() ? this.words.connecting : this.words.notShown);
  }

  /** Until the list has come, a line stands in its place. */
  fill(told) {
    const title = element("h3", "", this.words.chats);
    title.tabIndex = -1;
    this.list = element("p", "", told);
    this.box.replaceChildren(title, this.button("chat-new", this.words.newChat, null), this.list);
    title.focus();
  }

  heard({ chats }) {
    if (!this.shown()) return;
    const list = element("ul", "chat-past");
    for (const chat of chats) {
      const row = element("li");
      row.append(this.row(chat));
      list.append(row);
    }
    this.list.replaceWith(chats.length ? list : element("p", "", this.words.noChats));
  }

  row({ id, words, at, state }) {
    const button = this.button("chat-past-one", "", id);
    const said = element("strong", "", words);
    said.dir = "auto";
    const waits = { waiting: this.words.chatWaits, person: this.words.chatPerson }[state];
    const told = [day(at), id === this.here() ? this.words.thisChat : "", waits];
    button.append(said, element("span", "", told.filter(Boolean).join(" · ")));
    if (id === this.here()) button.setAttribute("aria-current", "true");
    return button;
  }

  button(kind, text, id) {
    const button = element("button", kind, text);
    button.type = "button";
    button.onclick = () => {
      this.close(this.field);
      if (id !== this.here()) this.go(id);
    };
    return button;
  }
}
