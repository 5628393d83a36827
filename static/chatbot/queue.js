// How many questions are answered before the shopper's, while that is so; gone when its reply begins.
export class Queue {
  constructor(roll) {
    Object.assign(this, { roll, line: document.getElementById("chat-queue") });
  }

  show(text) {
    if (this.line.textContent === text) return;
    this.line.textContent = text;
    this.roll.follow(); // the log has become smaller, or larger
  }
}
