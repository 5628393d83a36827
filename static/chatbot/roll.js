// The transcript as it scrolls: new words are followed by whoever reads at its end; who has scrolled
// up is left there and told that there is more below. What is not sent yet stays at the very end.
const NEAR = 60; // px from the end that still count as being there

export class Roll {
  constructor(log, below) {
    Object.assign(this, { log, below, atEnd: true, top: 0 });
    log.addEventListener("scroll", () => this.look());
    new ResizeObserver(() => this.follow(this.atEnd)).observe(log);
    below.addEventListener("click", () => {
      this.follow(true);
      log.focus({ preventScroll: true });
    });
  }

  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    if (!clientHeight) return; // it is not on screen
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    this.top = scrollTop;
    if (this.atEnd) this.below.hidden = true;
  }

  /** The newest line, before what waits to be sent. */
  put(item) {
    this.log.insertBefore(item, this.log.querySelector(":scope > .chat-pending"));
    this.follow();
  }

  follow(anyway = false) {
    if (this.log.scrollTop < this.top) this.look(); // scrolled up, and the event is yet to come
    if (!this.atEnd && !anyway) return void (this.below.hidden = false);
    this.atEnd = true;
    this.below.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.top = this.log.scrollTop;
  }
}
