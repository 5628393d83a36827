// What the shopper wrote and the server has not acknowledged yet. It survives a reload and is
// sent again under the same id, which the server takes once.
import { kept } from "./kept.js";

const KEY = "chat-outbox";

export class Outbox {
  constructor(storage = kept) {
    this.storage = storage;
  }

  all() {
    return JSON.parse(this.storage.getItem(KEY) || "[]");
  }

  put(frame) {
    this.keep([...this.all(), frame]);
  }

  drop(clientId) {
    this.keep(this.all().filter((frame) => frame.client_id !== clientId));
  }

  clear() {
    this.storage.removeItem(KEY);
  }

  keep(frames) {
    this.storage.setItem(KEY, JSON.stringify(frames));
  }
}
