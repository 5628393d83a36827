// The line to the server: connects, comes back with jittered delays, resumes after the last frame.
import { entry } from "./entry.js";
import { kept } from "./kept.js";

const PROTOCOL = 1;
const LONGEST_WAIT = 30000;
const PING_EVERY = 25000;
const CLOSED_FOR_GOOD = new Set([1008, 4401, 4404, 4429]);

export class Line {
  constructor({ start, csrf, onFrame, onState }) {
    Object.assign(this, { start, csrf, onFrame, onState });
    this.tries = 0;
    this.conversation = kept.getItem("chat-conversation");
    this.lastSeq = 0;
  }

  async connect() {
    this.onState("connecting");
    entry.renew = () => this.renew();
    const mine = (this.attempt = {}); // a newer one may begin before this one has its answer
    try {
      const { socket, token, conversation } = await entry.ask(this.start, this.csrf());
      if (mine !== this.attempt) return;
      this.token = token;
      this.conversation ||= conversation;
      this.open(socket);
    } catch {
      if (mine === this.attempt) this.again();
    }
  }

  renew() {
    clearInterval(this.pings);
    if (this.socket) this.socket.onclose = null;
    this.socket?.close();
    this.connect();
  }

  open(path) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}${path}`);
    this.socket.onopen = () => this.greet();
    this.socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    this.socket.onclose = (event) => this.closed(event.code);
  }

  greet() {
    const frame = { type: "open", protocol: PROTOCOL, last_seq: this.lastSeq };
    if (this.conversation) frame.conversation = this.conversation;
    if (this.token) frame.token = this.token;
    this.send(frame);
    clearInterval(this.pings);
    this.pings = setInterval(() => this.send({ type: "ping" }), PING_EVERY);
  }

  hear(frame) {
    if (frame.type === "welcome") {
      this.tries = 0;
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
    if (code === 4404 && this.conversation) {
      // The conversation belongs to another session by now, or has been erased.
      this.leave();
    } else if (CLOSED_FOR_GOOD.has(code)) {
      this.onState("ended", code);
    } else {
      this.again();
    }
  }

  /** Forget the conversation and begin a new one. */
  leave() {
    clearTimeout(this.waiting);
    clearInterval(this.pings);
    if (this.socket) this.socket.onmessage = this.socket.onclose = null;
    this.socket?.close();
    this.conversation = null;
    kept.removeItem("chat-conversation");
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
