// Ready replies beside the answer: "/" in the empty field, or the button, finds one. It is put into
// the field to be edited; nothing is sent from here.
import { element } from "./element.js";

const by = (id) => document.getElementById(id);
const [box, opener, search, list, told] = ["", "-open", "-search", "-list", "-told"].map((n) => by(`cf-ready${n}`));
const text = by("cf-text");
let replies = [];
let shown = [];
let chosen = 0;

async function open() {
  show(true);
  search.value = "";
  search.focus();
  try {
    const answer = await fetch(box.dataset.from, { headers: { Accept: "application/json" } });
    replies = (await answer.json()).replies;
    fill();
  } catch {
    replies = [];
    fill();
    told.textContent = box.dataset.away;
  }
}

function show(visible) {
  box.hidden = !visible;
  opener.setAttribute("aria-expanded", String(visible));
}

function close() {
  show(false);
  text.focus();
}

/** How well a reply fits what is typed; the shortcut itself comes first, 0 does not fit. */
function fit(reply, typed) {
  if (!typed) return 1;
  if (reply.shortcut === typed) return 4;
  if (reply.shortcut.startsWith(typed)) return 3;
  if (reply.title.toLowerCase().includes(typed)) return 2;
  return reply.text.toLowerCase().includes(typed) ? 1 : 0;
}

function fill() {
  const typed = search.value.trim().toLowerCase();
  shown = replies.filter((reply) => fit(reply, typed)).sort((a, b) => fit(b, typed) - fit(a, typed));
  list.replaceChildren(...shown.map(option));
  choose(0);
  const { found, none, empty } = box.dataset;
  told.textContent = shown.length ? found.replace("{n}", shown.length) : replies.length ? none : empty;
}

function option(reply, place) {
  const item = element("li", "cf-ready-one");
  item.id = `cf-ready-${place}`;
  item.role = "option";
  item.append(element("strong", "", reply.title));
  if (reply.shortcut) item.append(" ", element("kbd", "", `/${reply.shortcut}`));
  const words = element("span", "cf-meta", reply.text);
  words.dir = "auto";
  item.append(words);
  item.onclick = () => pick(reply);
  return item;
}

function choose(place) {
  chosen = shown.length ? (place + shown.length) % shown.length : 0;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  const item = list.children[chosen];
  search.setAttribute("aria-activedescendant", item?.id ?? "");
  item?.scrollIntoView({ block: "nearest" });
}

function pick(reply) {
  close();
  if (reply) text.setRangeText(reply.text, text.selectionStart, text.selectionEnd, "end");
}

const KEYS = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Enter: () => pick(shown[chosen]),
  Escape: close,
  "/": () => pick({ text: "/" }), // a second stroke means the stroke itself
};

function pressed(event) {
  const deed = KEYS[event.key];
  if (!deed || event.isComposing || (event.key === "/" && search.value)) return;
  event.preventDefault();
  deed();
}

opener.addEventListener("click", () => (box.hidden ? open() : close()));
search.addEventListener("input", fill);
search.addEventListener("keydown", pressed);
text.addEventListener("keydown", (event) => {
  if (event.key !== "/" || text.value || event.isComposing) return;
  event.preventDefault();
  open();
});
