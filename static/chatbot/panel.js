// The chat panel: opens, discloses, sends, shows. No word goes out before the disclosure was seen.
import { YourData } from "./data.js";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { Outlook } from "./outlook.js";
import { Standing } from "./standing.js";
import { Transcript } from "./transcript.js";

const by = (id) => document.getElementById(id);
const root = by("chat");
const [launcher, panel, log, text, error, status] = ["launcher", "panel", "log", "text", "error", "status"].map((n) => by(`chat-${n}`));
const words = by("chat-words").dataset;
const outbox = new Outbox();
const open = { turn: null, ready: false };

const wishes = { rate, ask: say, press, stop, ratePerson };
const transcript = new Transcript(log, by("chat-spoken"), words, wishes);
const standing = new Standing(log, by("chat-spoken"), words);
const outlook = new Outlook(words, (address) => line.send({ type: "mail", address }));
const csrf = () => root.dataset.csrf;
const line = new Line({ start: root.dataset.start, csrf, onFrame: hear, onState: show });

function hear(frame) {
  error.textContent = "";
  switch (frame.type) {
    case "welcome": return welcome(frame);
    case "ack": return outbox.drop(frame.client_id);
    case "error": return refused(frame);
    case "said": return transcript.said(frame);
    case "reply": return begin(frame);
    case "held": return wait(frame);
    case "sentence": return transcript.sentence(frame);
    case "card": return transcript.card(frame);
    case "action": return transcript.action(frame);
    case "action.state": return transcript.actions.state(frame, standing.isNew(frame));
    case "done": return end(frame);
    case "person": return transcript.person(frame, standing.isNew(frame));
    case "person.rate": return transcript.askRating(frame, standing.isNew(frame));
    case "person.rated": return transcript.ratings.given(frame, standing.isNew(frame));
    case "correction": return transcript.correction(frame, standing.isNew(frame));
    case "state": return standing.change(frame);
    case "outlook": return expect(frame);
  }
}

function expect(frame) {
  outlook.show(frame);
  transcript.down(); // the log has become smaller
}

function welcome(frame) {
  const banner = by("chat-disclosure");
  banner.textContent = frame.disclosure.text;
  banner.lang = frame.disclosure.language;
  standing.welcome(frame, line.lastSeq === 0);
  if (frame.seen && frame.state === "person") return ready();
  banner.hidden = false;
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting || panel.hidden) return;
    seen.disconnect();
    line.send({ type: "disclosure.seen", version: frame.disclosure.version, language: frame.disclosure.language });
    ready();
  }, { threshold: 0.9 });
  seen.observe(banner);
}

function ready() {
  open.ready = true;
  for (const id of ["text", "send", "person"]) by(`chat-${id}`).disabled = false;
  outbox.all().forEach((frame) => line.send(frame));
  const product = document.body.dataset.product;
  transcript.suggest((product ? words.askProduct : words.askAny).split("|"));
  if (document.activeElement === document.body || panel.contains(document.activeElement)) text.focus();
}

function refused(frame) {
  error.textContent = frame.message;
  giveBack(outbox.all().find((sent) => sent.client_id === frame.client_id));
  if (frame.client_id) outbox.drop(frame.client_id);
  if (frame.code === "action") transcript.actions.release();
  busy(null);
}

/** A message that was not taken stands in the field again, unless another is being written. */
function giveBack(message) {
  if (!message?.text || text.value) return;
  text.value = message.text;
  grow();
}

function begin(frame) {
  transcript.reply(frame);
  busy(frame.turn);
}

function end(frame) {
  transcript.done(frame, standing.isNew(frame));
  if (frame.turn === open.turn) busy(null);
}

/** The field is free meanwhile: what is written next does not wait. */
function wait(frame) {
  transcript.wait(frame, standing.isNew(frame));
  if (frame.turn === open.turn) busy(null);
}

function busy(turn) {
  open.turn = turn;
  status.textContent = turn ? words.checking : "";
  by("chat-stop").hidden = !turn;
  by("chat-send").hidden = Boolean(turn);
}

function show(state, code) {
  const told = { connecting: words.connecting, open: "", away: words.away, ended: words.signedOut, fresh: "" };
  status.textContent = told[state];
  if (state === "fresh") forget();
  if (state === "away") transcript.actions.release();
  if (state !== "open") open.ready = false;
}

/** What belonged to another conversation is neither shown nor sent in a new one. */
function forget() {
  transcript.clear();
  outbox.clear();
  by("chat-spoken").textContent = "";
  text.value = "";
  grow();
  busy(null);
}

function erased() {
  line.leave();
  transcript.change(words.erased);
  by("chat-spoken").textContent = words.erased;
}

function say(message) {
  const trimmed = message.trim();
  if (!trimmed) return;
  const frame = { type: "message", client_id: crypto.randomUUID(), text: trimmed, page: document.body.dataset.product };
  outbox.put(frame);
  if (open.ready) line.send(frame);
  text.value = "";
  grow();
}

function rate(receipt, helpful, comment) {
  line.send({ type: "feedback", receipt, helpful, comment });
}

function ratePerson(takeover, good, comment) {
  if (line.isOpen()) return line.send({ type: "rate_person", takeover, good, comment });
  error.textContent = words.notRated;
}

function press(action, choice) {
  if (line.isOpen()) return line.send({ type: "press", action, choice });
  error.textContent = words.notPressed;
  transcript.actions.release();
}

function stop(turn) {
  line.send({ type: "stop", turn });
}

function toggle(visible) {
  panel.hidden = !visible;
  launcher.setAttribute("aria-expanded", String(visible));
  document.documentElement.classList.toggle("chat-is-open", visible);
  if (!visible) return launcher.focus();
  if (!line.socket) line.connect();
  (text.disabled ? panel.querySelector("#chat-close") : text).focus();
}

function grow() {
  text.rows = Math.min(5, text.value.split("\n").length);
}

const data = new YourData({
  panel, box: by("chat-data"), opener: by("chat-data-open"), csrf, words, erased,
});
launcher.addEventListener("click", () => toggle(panel.hidden));
by("chat-close").addEventListener("click", () => toggle(false));
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") data.shown() ? data.close() : toggle(false);
});
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say(text.value);
});
by("chat-form").addEventListener("submit", (event) => {
  event.preventDefault();
  say(text.value);
});
by("chat-stop").addEventListener("click", () => stop(open.turn));
by("chat-person").addEventListener("click", () => {
  const frame = { type: "person", client_id: crypto.randomUUID() };
  outbox.put(frame);
  line.send(frame);
});
for (const button of document.querySelectorAll("[data-chat-open]")) {
  button.addEventListener("click", () => toggle(true));
}
