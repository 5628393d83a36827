// How many characters a field holds, while it is typed in; the server counts as well.
function count(field) {
  const told = document.getElementById(`${field.id}-most`);
  const many = [...field.value.trim().replace(/\s+/g, " ")].length;
  told.querySelector(".cf-so-many").textContent = many;
  told.classList.toggle("cf-over", many > Number(field.dataset.most));
}

for (const field of document.querySelectorAll("textarea[data-most]")) {
  field.addEventListener("input", () => count(field));
}
