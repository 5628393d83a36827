// What the shopper wrote and the server has not acknowledged yet. It survives a reload and is
// sent again under the same id, which the server takes once. What may have gone out is marked.
import { kept } from "./kept.js";

const KEY = "chat-outbox";

export class Outbox {
  constructor(storage = kept) {
    this.storage = storage;
  }

  /** [{frame, tried}], oldest first. */
  entries() {
    return JSON.parse(this.storage.getItem(KEY) || "[]");
  }

  all() {
    return this.entries().map(({ frame }) => frame);
  }

  put(frame, tried) {
    this.keep([...this.entries(), { frame, tried }]);
  }

  /** Hand everything over, marked before it goes: what was tried may have arrived. */
  flush(send) {
    this.keep(this.entries().map((entry) => ({ ...entry, tried: true })));
    this.all().forEach(send);
  }

  drop(clientId) {
    this.keep(this.entries().filter(({ frame }) => frame.client_id !== clientId));
  }

  clear() {
    this.storage.removeItem(KEY);
  }

  keep(entries) {
    this.storage.setItem(KEY, JSON.stringify(entries));
  }
}
