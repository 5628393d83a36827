// The chat panel: opens, discloses, sends, shows. No word goes out before the disclosure was seen.
import { Chats } from "./chats.js";
import { YourData } from "./data.js";
import { Editing } from "./editing.js";
import { Fit } from "./fit.js";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { Outlook } from "./outlook.js";
import { Pending } from "./pending.js";
import { Photos } from "./photos.js";
import { Queue } from "./queue.js";
import { Roll } from "./roll.js";
import { Standing } from "./standing.js";
import { Transcript } from "./transcript.js";
import { Unread } from "./unread.js";

const by = (id) => document.getElementById(id);
const root = by("chat");
const [launcher, panel, log, text, error, status] = ["launcher", "panel", "log", "text", "error", "status"].map((n) => by(`chat-${n}`));
const words = by("chat-words").dataset;
const outbox = new Outbox();
const open = { turn: null, ready: false };

const roll = new Roll(log, by("chat-below"));
const editing = new Editing({ bar: by("chat-editing"), stop: by("chat-editing-stop"), text, words, roll, say: ask });
const pending = new Pending(roll, by("chat-spoken"), words, outbox, takenBack);
const wishes = { rate, ask, press, stop, ratePerson };
const csrf = () => root.dataset.csrf;
const photos = new Photos({ to: root.dataset.photos, csrf, words, spoken: by("chat-spoken"), here: () => line.conversation });
const transcript = new Transcript(roll, by("chat-spoken"), words, editing, photos, wishes);
const standing = new Standing(roll, by("chat-spoken"), words, (state) => editing.allow(state !== "person"));
const outlook = new Outlook(words, (address) => line.send({ type: "mail", address }));
const line = new Line({ start: root.dataset.start, csrf, onFrame: hear, onState: show });
const queue = new Queue(roll);
const unread = new Unread(panel, line);
const fit = new Fit(root, panel);

function hear(frame) {
  error.textContent = "";
  unread.heard(frame);
  switch (frame.type) {
    case "welcome": return welcome(frame);
    case "ack": return outbox.drop(frame.client_id);
    case "error": return refused(frame);
    case "said": return said(frame);
    case "reply": return begin(frame);
    case "held": return wait(frame);
    case "sentence": return transcript.sentence(frame);
    case "card": return transcript.card(frame);
    case "action": return transcript.action(frame);
    case "action.state": return transcript.actions.state(frame, standing.isNew(frame));
    case "done": return end(frame);
    case "photo": return roll.put(photos.heard(standing.isNew(frame)));
    case "person": return transcript.person(frame, standing.isNew(frame));
    case "person.rate": return transcript.askRating(frame, standing.isNew(frame));
    case "person.rated": return transcript.ratings.given(frame, standing.isNew(frame));
    case "correction": return transcript.correction(frame, standing.isNew(frame));
    case "state": return standing.change(frame);
    case "outlook": return expect(frame);
    case "queue": return queue.show(frame.text);
    case "chats": return chats.heard(frame);
  }
}

function said(frame) {
  outbox.drop(frame.client_id);
  pending.drop(frame.client_id);
  transcript.said(frame);
}

function expect(frame) {
  outlook.show(frame);
  roll.follow(); // the log has become smaller
}

function welcome(frame) {
  queue.show("");
  const banner = by("chat-disclosure");
  banner.textContent = frame.disclosure.text;
  banner.lang = frame.disclosure.language;
  unread.welcome(frame);
  standing.welcome(frame, line.lastSeq === 0);
  transcript.foreign();
  if (frame.seen) ready();
  if (frame.seen && frame.state === "person") return;
  banner.hidden = false;
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting || panel.hidden) return;
    seen.disconnect();
    if (frame.seen) return;
    line.send({ type: "disclosure.seen", version: frame.disclosure.version, language: frame.disclosure.language });
    ready();
  }, { threshold: 0.9 });
  seen.observe(banner);
}

function ready() {
  open.ready = open.told = true;
  const begins = text.disabled;
  enable();
  outbox.flush((frame) => line.send(frame));
  pending.show(true);
  const product = document.body.dataset.product;
  const [shown, said] = product ? [words.askProduct, words.sayProduct] : [words.askAny, words.sayAny];
  transcript.suggest(shown.split("|"), said.split("|"));
  if (begins && (document.activeElement === document.body || panel.contains(document.activeElement))) text.focus();
}

function enable() {
  for (const id of ["text", "send", "person"]) by(`chat-${id}`).disabled = false;
}

function refused(frame) {
  error.textContent = frame.message;
  giveBack(outbox.all().find((sent) => sent.client_id === frame.client_id));
  if (frame.client_id) outbox.drop(frame.client_id);
  pending.drop(frame.client_id);
  if (frame.code === "action") transcript.actions.release();
  busy(null);
}

/** A message that was not taken stands in the field again, above what is being written there. */
function giveBack(message) {
  if (!message?.text) return;
  editing.giveBack(message.text);
  if (panel.contains(document.activeElement)) text.focus();
}

function takenBack(message) {
  editing.giveBack(message);
  text.focus();
}

function begin(frame) {
  queue.show("");
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

function show(state) {
  const away = navigator.onLine ? words.away : words.offline;
  const told = { connecting: words.connecting, away, ended: words.signedOut };
  status.textContent = told[state] ?? (open.turn ? words.checking : "");
  if (state === "back") return open.told && ready();
  if (state !== "away") open.told = false;
  if (state === "fresh") forget();
  if (state === "away") transcript.actions.release();
  open.ready = false;
  pending.show(state === "open");
}

/** What belonged to another conversation is neither shown nor sent in a new one. */
function forget() {
  transcript.clear();
  pending.clear();
  outbox.clear();
  unread.clear();
  by("chat-spoken").textContent = "";
  text.value = open.typed ?? "";
  open.typed = null;
  grow();
  busy(null);
}

/** Another chat of the shopper's, or a new one; nothing that waits here is left behind unsent. */
function go(conversation) {
  if (outbox.all().length) return void (error.textContent = words.unsent);
  if (!conversation && !log.querySelector(".chat-said")) return;
  editing.end();
  open.typed = text.value; // goes along
  line.leave(conversation, !conversation);
  by("chat-spoken").textContent = conversation ? words.oldChat : words.freshChat;
}

function erased() {
  line.leave();
  transcript.change(words.erased);
  by("chat-spoken").textContent = words.erased;
}

function say(message, replaces) {
  const frame = { type: "message", client_id: crypto.randomUUID(), text: message, page: document.body.dataset.product };
  post(replaces ? { ...frame, replaces } : frame);
}

/** What stands in the field goes out. */
function sayTyped() {
  const [message, replaces] = [text.value.trim(), editing.turn];
  if (!message) return;
  say(message, replaces);
  text.value = "";
  editing.end();
  grow();
}

/** A button that asks was pressed, and is gone with it; what is being written stays. */
function ask(question, replaces = null) {
  say(question, replaces);
  (matchMedia("(pointer: coarse)").matches ? log : text).focus({ preventScroll: true }); // no keyboard pops up
}

/** It goes out now, or waits in the outbox until it can. */
function post(frame) {
  outbox.put(frame, open.ready);
  if (open.ready) line.send(frame);
  pending.show(open.ready);
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
  fit.cover();
  unread.look();
  if (!visible) return launcher.focus();
  roll.follow(roll.atEnd);
  if (line.wanted) line.check();
  else line.connect();
  (text.disabled ? panel.querySelector("#chat-close") : text).focus();
}

function grow() {
  text.rows = Math.min(5, text.value.split("\n").length);
}

const data = new YourData({
  panel, box: by("chat-data"), opener: by("chat-data-open"), csrf, words, erased,
});
const chats = new Chats({
  panel, box: by("chat-chats"), opener: by("chat-chats-open"), words, field: text, go,
  ask: () => line.isOpen() && (line.send({ type: "chats" }), true), here: () => line.conversation,
});
launcher.addEventListener("click", () => toggle(panel.hidden));
by("chat-close").addEventListener("click", () => toggle(false));
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (data.shown()) data.close();
  else if (chats.shown()) chats.close();
  else if (editing.turn) editing.end("");
  else toggle(false);
});
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" && !text.value) {
    event.preventDefault();
    return editing.begin();
  }
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sayTyped();
});
by("chat-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sayTyped();
});
by("chat-stop").addEventListener("click", () => stop(open.turn));
by("chat-person").addEventListener("click", () => {
  post({ type: "person", client_id: crypto.randomUUID() });
});
for (const button of document.querySelectorAll("[data-chat-open]")) {
  button.addEventListener("click", () => toggle(true));
}
// Who has spoken here before hears what came since, on whichever page of the shop.
if (line.conversation && !document.body.dataset.shop) {
  enable();
  pending.show(false);
  line.connect();
}
