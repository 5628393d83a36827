// How long a shopper still waits for staff, counted down in minutes beside every reply that is held.
const EVERY = 5000;

function left(node) {
  const minutes = (Date.parse(node.dateTime) - Date.now()) / 60000;
  if (minutes <= 0) return node.dataset.over;
  return minutes < 1 ? node.dataset.last : node.dataset.left.replace("{minutes}", Math.ceil(minutes));
}

function show() {
  for (const node of document.querySelectorAll(".cf-until")) {
    node.title ||= node.textContent;
    node.textContent = left(node).replace("{until}", () => node.title);
  }
}

show();
setInterval(show, EVERY);
