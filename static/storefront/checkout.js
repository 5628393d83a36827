// Follows the choice of shipping: what the order comes to, as the server worked it out for each.

const agreed = document.getElementById("agreed");

for (const radio of document.querySelectorAll("input[name=method]")) {
  radio.addEventListener("change", () => {
    agreed.value = radio.dataset.total;
    document.getElementById("sum-shipping").textContent = radio.dataset.shipping;
    document.getElementById("sum-total").textContent = radio.dataset.shown;
  });
}
document.querySelector("#next[role=alert]")?.focus();
