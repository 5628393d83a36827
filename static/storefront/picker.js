// Follows the choice of a version: its price, its stock, and which others can be had with it.

const form = document.querySelector(".picker");
const versions = JSON.parse(document.getElementById("versions").textContent);
const part = (name) => document.getElementById(`picked-${name}`);
const options = [...form.querySelectorAll("fieldset.option")];
const radios = (option) => [...option.querySelectorAll("input")];

function chosen() {
  return options.map((option) => radios(option).find((radio) => radio.checked)?.value);
}

function version(values) {
  return versions.find((one) => one.values.every((value, place) => value === values[place]));
}

function mark(radio, found) {
  const { gone, none } = form.dataset;
  const why = found?.there ? "" : ` (${found ? gone : none})`;
  radio.closest("label").classList.toggle("out", Boolean(why));
  radio.closest("label").querySelector(".why").textContent = why;
}

function markAll(values) {
  options.forEach((option, place) => {
    for (const radio of radios(option)) mark(radio, version(values.with(place, radio.value)));
  });
}

function show(found) {
  part("add").disabled = !found?.there;
  part("stock").textContent = found ? found.stock : form.dataset.unmade;
  part("price").hidden = !found;
  if (!found) return;
  part("now").textContent = found.price;
  part("now").classList.toggle("lower", Boolean(found.before));
  part("before").textContent = found.before;
  part("before").parentElement.hidden = !found.before;
  part("prior").textContent = found.prior;
  part("prior").hidden = !found.prior;
}

function follow() {
  const values = chosen();
  markAll(values);
  show(version(values));
}

if (options.length) {
  form.addEventListener("change", follow);
  follow();
}
