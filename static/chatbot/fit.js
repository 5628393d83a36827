// On a phone the panel covers the page: nothing behind it can be reached, and it ends where the
// keyboard begins, which takes room from the page without telling its layout. In a frame the page
// around it sees to that.
export class Fit {
  constructor(root, panel) {
    Object.assign(this, { root, panel, sealed: [], phone: matchMedia("(max-width: 480px)") });
    if (document.body.dataset.shop) return;
    this.phone.addEventListener("change", () => this.cover());
    for (const change of ["resize", "scroll"]) visualViewport?.addEventListener(change, () => this.fit());
  }

  /** After the panel was opened or closed. */
  cover() {
    if (document.body.dataset.shop) return;
    for (const node of this.sealed) node.inert = false;
    const covers = this.phone.matches && !this.panel.hidden;
    this.sealed = covers ? this.behind() : [];
    for (const node of this.sealed) node.inert = true;
    if (covers) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
    this.fit();
  }

  behind() {
    return [...document.body.children].filter((node) => node !== this.root && !node.inert);
  }

  fit() {
    const { style } = this.panel;
    const view = this.sealed.length ? visualViewport : null;
    style.height = view ? `${view.height}px` : "";
    style.insetBlockStart = view ? `${view.offsetTop}px` : "";
  }
}
