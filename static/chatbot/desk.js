// The inbox and its desk keep themselves up to date; Enter sends. The server renders every word,
// escaped; here only what differs is put in its place, so that focus and selection stay.
const page = document.getElementById("cf-live");
const error = document.getElementById("cf-error");
const say = document.getElementById("cf-say");
const text = document.getElementById("cf-text");
let version = page.dataset.version ?? "";
let active = false;
let tried = "";

function update(shown, news) {
  Object.assign(shown.dataset, news.dataset);
  const there = [...shown.children];
  const coming = [...news.children];
  coming.forEach((node, place) => put(shown, there[place], node));
  there.slice(coming.length).forEach((node) => node.remove());
}

function put(parent, old, node) {
  if (!old) parent.append(node);
  else if (old.isEqualNode(node)) return;
  else if (old.tagName === "OL" && node.tagName === "OL") update(old, node);
  else old.replaceWith(node);
}

function show(html) {
  const before = page.querySelectorAll(".cf-said").length;
  const news = new DOMParser().parseFromString(html, "text/html");
  for (const part of [...news.body.children]) update(document.getElementById(part.id), part);
  const said = [...page.querySelectorAll(".cf-said")];
  if (said.length > before) document.getElementById("cf-spoken").textContent = said.at(-1).textContent;
  arrange();
}

function arrange() {
  if (!say) return;
  document.getElementById("cf-letter").hidden = !document.getElementById("cf-mail");
  say.hidden = document.getElementById("cf-standing").dataset.mine !== "yes";
  const talk = document.getElementById("cf-talk");
  talk.scrollTop = talk.scrollHeight;
}

async function look() {
  const query = new URLSearchParams({ after: version });
  if (active) query.set("active", "1");
  active = false;
  try {
    const answer = await fetch(`${page.dataset.live}?${query}`, { headers: { Accept: "application/json" } });
    const news = await answer.json();
    version = news.version ?? "";
    if (news.html) show(news.html);
    error.textContent = "";
  } catch {
    error.textContent = page.dataset.away;
  }
}

async function keepLooking() {
  await look();
  setTimeout(keepLooking, (document.hidden ? 10 : Number(page.dataset.every)) * 1000);
}

async function send() {
  if (!text.value.trim()) return;
  // What was sent in vain goes out again under the same id, other words under another.
  if (text.value !== tried) say.elements.client_id.value = crypto.randomUUID();
  tried = text.value;
  const form = new FormData(say);
  try {
    const answer = await fetch(say.action, { method: "POST", body: form, headers: { Accept: "application/json" } });
    const { refused } = await answer.json();
    error.textContent = refused;
    if (refused) return;
    if (text.value === tried) text.value = "";
    tried = "";
    await look();
  } catch {
    error.textContent = page.dataset.away;
  }
}

for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => (active = true));
say?.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
text?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
arrange();
if (say && !say.hidden) text.focus();
setTimeout(keepLooking, Number(page.dataset.every) * 1000);
