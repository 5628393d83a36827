// The review pages by keyboard. Whatever has a data-key is pressed, or entered, by that key; while a
// field is typed in, keys are letters, and Escape leaves it.
const FIELDS = "input, textarea, select, [contenteditable]";
const rows = () => [...document.querySelectorAll("#result_list tbody th a")];

function visible(node) {
  return node.checkVisibility();
}

function press(node) {
  if (node.matches(FIELDS)) return node.focus();
  if (!node.matches("summary")) return node.click();
  node.parentElement.open = true;
  node.parentElement.querySelector("button").focus();
}

function step(by) {
  const all = rows();
  const there = all.indexOf(document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, there + by))]?.focus();
}

function typed(event) {
  if (event.key === "Escape") event.target.blur();
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  document.querySelector(`[data-send="${CSS.escape(event.target.id)}"]`)?.click();
}

function walks(key) {
  const inList = rows().includes(document.activeElement);
  if (key === "j" || (inList && key === "ArrowDown")) return 1;
  return key === "k" || (inList && key === "ArrowUp") ? -1 : 0;
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches(FIELDS)) return typed(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const by = walks(event.key);
  const keyed = document.querySelectorAll(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  const wanted = [...keyed].find(visible);
  if (!by && !wanted) return;
  event.preventDefault();
  if (by) step(by);
  else press(wanted);
});
