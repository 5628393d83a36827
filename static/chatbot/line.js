// The line to the server: connects, comes back with jittered delays, resumes after the last frame.
import { entry } from "./entry.js";
import { kept } from "./kept.js";

const PROTOCOL = 1;
const LONGEST_WAIT = 30000;
const PING_EVERY = 25000;
// ms until a line on which nothing comes back is given up; who has just come back is not kept waiting
const ANSWER_WITHIN = 12000;
const ANSWER_SOON = 4000;
const CLOSED_FOR_GOOD = new Set([1008, 4401, 4404, 4429]);

export class Line {
  constructor({ start, csrf, onFrame, onState }) {
    Object.assign(this, { start, csrf, onFrame, onState });
    this.tries = 0;
    this.conversation = kept.getItem("chat-conversation");
    this.lastSeq = 0;
    addEventListener("online", () => this.check());
    addEventListener("pageshow", (event) => event.persisted && this.check());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.check());
    addEventListener("offline", () => this.doubt());
  }

  async connect() {
    clearTimeout(this.waiting);
    this.wanted = true;
    this.onState("connecting");
    entry.renew = () => this.renew();
    const mine = (this.attempt = {}); // a newer one may begin before this one has its answer
    try {
      const { socket, token, conversation } = await entry.ask(this.start, this.csrf());
      if (mine !== this.attempt) return;
      this.token = token;
      if (!this.fresh) this.conversation ||= conversation;
      this.open(socket);
    } catch {
      if (mine === this.attempt) this.again();
    }
  }

  renew() {
    this.hangUp();
    this.connect();
  }

  hangUp() {
    clearInterval(this.pings);
    clearTimeout(this.deadline);
    if (this.socket) this.socket.onmessage = this.socket.onclose = null;
    this.socket?.close();
    this.socket = null;
  }

  /** The page is back from sleep or from no network: is the other end still there? A line that
   * nobody has asked for yet, or that was ended, is left alone. */
  check() {
    if (!this.wanted) return;
    if (this.isOpen()) this.ping(ANSWER_SOON);
    else this.renew();
  }

  ping(patience = ANSWER_WITHIN) {
    this.send({ type: "ping" });
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.lost(), patience);
  }

  /** The browser says that there is no network; a server on this very machine answers all the same. */
  doubt() {
    if (!this.isOpen()) return;
    this.doubted = true;
    this.onState("away");
    this.ping(ANSWER_SOON);
  }

  lost() {
    this.hangUp();
    this.again();
  }

  open(path) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}${path}`);
    this.socket.onopen = () => this.greet();
    this.socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    this.socket.onclose = (event) => this.closed(event.code);
  }

  greet() {
    const frame = { type: "open", protocol: PROTOCOL, last_seq: this.lastSeq, language: document.documentElement.lang };
    if (this.conversation) frame.conversation = this.conversation;
    if (this.token) frame.token = this.token;
    this.send(frame);
    clearInterval(this.pings);
    this.pings = setInterval(() => this.ping(), PING_EVERY);
  }

  hear(frame) {
    clearTimeout(this.deadline);
    if (this.doubted) {
      this.doubted = false;
      if (frame.type !== "welcome") this.onState("back");
    }
    if (frame.type === "welcome") {
      this.tries = 0;
      this.fresh = false;
      this.conversation = frame.conversation;
      kept.setItem("chat-conversation", frame.conversation);
      this.onState("open");
    }
    if (frame.seq) {
      if (frame.seq <= this.lastSeq) return;
      this.lastSeq = frame.seq;
    }
    entry.heard(frame);
    this.onFrame(frame);
  }

  closed(code) {
    clearInterval(this.pings);
    clearTimeout(this.deadline);
    if (code === 4404 && this.conversation) {
      // The conversation belongs to another session by now, or has been erased.
      this.leave();
    } else if (CLOSED_FOR_GOOD.has(code)) {
      this.wanted = false;
      this.onState("ended", code);
    } else {
      this.again();
    }
  }

  /** Leave the conversation for another of the shopper's, or for a new one. */
  leave(conversation = null, fresh = false) {
    this.hangUp();
    this.fresh = fresh; // the server may name an older one otherwise
    this.conversation = conversation;
    if (conversation) kept.setItem("chat-conversation", conversation);
    else kept.removeItem("chat-conversation");
    this.lastSeq = 0;
    this.onState("fresh");
    this.connect();
  }

  again() {
    this.onState("away");
    this.tries += 1;
    const most = Math.min(LONGEST_WAIT, 500 * 2 ** this.tries);
    this.waiting = setTimeout(() => this.connect(), Math.random() * most + 300);
  }

  isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  send(frame) {
    if (this.isOpen()) this.socket.send(JSON.stringify(frame, wellFormed));
  }
}

// Half a pair of code units is no text: the server would refuse its frame whenever it is sent again.
function wellFormed(_key, value) {
  return typeof value === "string" ? value.toWellFormed() : value;
}
