// How many characters a field holds, while it is typed in; the server counts as well. What is typed
// stays with this tab until it is saved, whatever happens to the page or to who is signed in.
const form = document.getElementById("cf-write");
const fields = [...document.querySelectorAll("textarea[data-most]")];
const [text] = form?.dataset.of.split(".") ?? [];
const place = `product text ${text}`;
let saving = false;

function count(field) {
  const told = document.getElementById(`${field.id}-most`);
  const many = [...field.value.trim().replace(/\s+/g, " ")].length;
  told.querySelector(".cf-so-many").textContent = many;
  told.classList.toggle("cf-over", many > Number(field.dataset.most));
}

const unsaved = () => fields.some((field) => field.value !== field.defaultValue);

function keep() {
  const typed = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  if (unsaved()) sessionStorage.setItem(place, JSON.stringify({ of: form.dataset.of, typed }));
  else sessionStorage.removeItem(place);
}

function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (!kept) return;
  if (kept.of !== form.dataset.of) return sessionStorage.removeItem(place);
  for (const field of fields) {
    field.value = kept.typed[field.name] ?? field.value;
    count(field);
  }
  document.getElementById("cf-kept").hidden = !unsaved();
}

for (const field of fields) {
  field.addEventListener("input", () => {
    count(field);
    keep();
  });
}
if (form) {
  putBack();
  form.addEventListener("submit", () => (saving = true));
  window.addEventListener("beforeunload", (event) => {
    if (!saving && unsaved()) event.preventDefault();
  });
}
