// The panel in a frame on a foreign site: it comes in by a token instead of a cookie, and talks to
// the loader around it. Messages are {counterfoil: version, type, …}, to and from exact origins:
//   heard  hello, open, close, page, identify, forget
//   told   ready, closed, keep, unread, message, identity
import { entry } from "../chatbot/entry.js";
import { kept } from "../chatbot/kept.js";

const VERSION = 1;
const by = (id) => document.getElementById(`chat-${id}`);
const told = document.body.dataset;
const KEPT = `counterfoil-${told.shop}`;
const origins = [...JSON.parse(told.origins), location.origin];
const who = { resume: "", pass: "", identity: "", state: "guest" };
const count = { news: 0, turns: new Set() };
let host = ""; // the origin of the page around, once it has spoken

function tell(type, more = {}) {
  if (host) parent.postMessage({ counterfoil: VERSION, type, ...more }, host);
}

function stored() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** Here, where the site around cannot read it; only if that is refused, with the site. */
function keep(resume) {
  who.resume = resume;
  try {
    if (resume) localStorage.setItem(KEPT, resume);
    else localStorage.removeItem(KEPT);
  } catch {
    tell("keep", { resume });
  }
}

entry.ask = async (start) => {
  const { resume, pass, identity } = who;
  const body = new URLSearchParams({ resume, pass, identity });
  const answer = await fetch(start, { method: "POST", body, credentials: "omit", signal: AbortSignal.timeout(15000) });
  const given = await answer.json();
  if (identity || given.identity !== who.state) tell("identity", { state: given.identity });
  Object.assign(who, { pass: given.pass, identity: "", state: given.pass ? "signed_in" : "guest" });
  keep(given.resume);
  return given;
};

entry.signs = async () => ({ "X-Chat-Token": (await entry.ask(told.start)).token });

entry.heard = (frame) => {
  if (frame.type === "welcome") return welcome(frame);
  if (!(frame.seq > count.news)) return;
  if (frame.type === "said") tell("message", { from: "shopper" });
  if (frame.type === "person" || (frame.type === "correction" && frame.text)) tell("message", { from: "person" });
  if (frame.type === "sentence" && !count.turns.has(frame.turn)) {
    count.turns.add(frame.turn);
    tell("message", { from: "assistant" });
  }
};

entry.unread = (unread) => tell("unread", { count: unread });

/** The first one says how far the transcript goes; a later one may say that it is time to be told
 * again who answers here. */
function welcome(frame) {
  if (!count.welcomed) count.news = frame.last_seq;
  else if (!frame.seen) repeat(frame.disclosure.text);
  count.welcomed = true;
}

function repeat(text) {
  const line = document.createElement("p");
  line.className = "chat-change";
  line.textContent = text;
  by("log").append(line);
  by("spoken").textContent = text;
}

/** The site's colour, on surfaces only: on text it might not be readable. */
function paint(color) {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
  const { style } = document.documentElement;
  style.setProperty("--brand", color);
  style.setProperty("--on-brand", light ? "#000" : "#fff");
}

function forget() {
  keep("");
  for (const name of ["chat-conversation", "chat-outbox", "chat-read"]) kept.removeItem(name);
  location.reload(); // the loader says hello again to what comes
}

const heard = {
  hello(message) {
    if (message.forget) return forget();
    who.resume = stored() || message.resume;
    if (message.color) paint(message.color);
    if (message.page !== undefined) heard.page(message);
    if (message.identity) heard.identify({ token: message.identity });
    tell("ready", { color: told.color, position: told.position, open: message.open });
    if (message.open) heard.open();
    else heard.close();
  },
  open() {
    if (by("panel").hidden) by("launcher").click();
  },
  close() {
    if (!by("panel").hidden) by("close").click();
  },
  page({ page }) {
    told.product = String(page).slice(0, 200);
  },
  identify({ token }) {
    who.identity = String(token);
    entry.renew();
  },
  forget,
};

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || !origins.includes(origin) || data?.counterfoil !== VERSION) return;
  host = origin;
  if (Object.hasOwn(heard, data.type)) heard[data.type](data);
});

new MutationObserver(() => by("panel").hidden && tell("closed")).observe(by("panel"), { attributeFilter: ["hidden"] });
by("words").dataset.hello = told.greeting || by("words").dataset.hello;
if (told.questions) by("words").dataset.askAny = by("words").dataset.sayAny = told.questions;
document.getElementById("chat").dataset.start = told.start;
paint(told.color);
