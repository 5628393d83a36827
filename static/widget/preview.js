// The widget on its own page of the admin: the real one, whose look follows what is being chosen.
const { loader, key } = document.getElementById("cf-previewing").dataset;
const copy = document.getElementById("cf-copy");
const snippet = document.getElementById("cf-snippet");

copy.addEventListener("click", async () => {
  snippet.select();
  await navigator.clipboard?.writeText(snippet.value);
  copy.textContent = copy.dataset.copied;
});

if (key) {
  const tag = document.createElement("script");
  Object.assign(tag, { async: true, src: loader });
  tag.dataset.shop = key;
  for (const name of ["color", "position"]) {
    const field = document.getElementById(`id_${name}`);
    if (!field) continue;
    tag.dataset[name] = field.value;
    field.addEventListener("input", () => (tag.dataset[name] = field.value));
  }
  document.body.append(tag);
}
