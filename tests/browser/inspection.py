"""What a page must not do or hold, whatever texts it shows."""

from __future__ import annotations

from playwright.sync_api import Page

# Elements that hold texts, with the attributes that the site itself gives them.
PANEL = {
    "div": "class dir", "article": "class tabindex", "span": "class dir", "p": "class dir tabindex", "strong": "class dir", "bdi": "",
    "a": "class dir href title target rel", "section": "class aria-label data-state", "ul": "", "li": "",
    "details": "class open", "summary": "", "q": "class dir",
    "button": "class type disabled dir aria-label aria-pressed", "svg": "viewBox aria-hidden class",
    "path": "d transform", "use": "href", "img": "class src alt loading",
}  # fmt: skip
STAFF = {
    "p": "class dir id", "strong": "class", "a": "href class title data-key", "div": "class dir",
    "section": "aria-label class", "h2": "", "ol": "class", "ul": "class", "li": "class dir id",
    "span": "class", "sup": "", "ins": "", "del": "", "br": "", "kbd": "", "dl": "", "dt": "", "dd": "",
    "details": "open class", "summary": "data-key", "pre": "", "form": "method action class",
    "input": "type name value id maxlength", "label": "for", "button": "class name value data-key data-send",
    "textarea": "id name rows maxlength aria-describedby data-key",
}  # fmt: skip
SHOP = {
    "article": "class", "div": "class tabindex role aria-label dir", "p": "class dir", "bdi": "dir", "a": "href", "h1": "",
    "h2": "", "span": "class", "s": "", "strong": "", "table": "", "thead": "", "tbody": "", "tr": "",
    "th": "scope", "td": "", "ul": "class", "li": "class", "dl": "class", "dt": "", "dd": "",
    "button": "type class data-chat-open", "svg": "class viewBox aria-hidden focusable",
    "use": "href", "img": "class src alt loading",
}  # fmt: skip
# What pages have besides, in forms of ours and nowhere else, and the page of an order.
PICKER = {
    "form": "class method action role aria-label data-unmade data-gone data-none", "legend": "",
    "input": "type name value id inputmode min max size required checked autocomplete",
    "label": "class for", "fieldset": "class", "select": "id name", "option": "value selected", "button": "type class data-chat-open id disabled",
    "p": "class dir id role", "span": "class id title", "section": "class aria-labelledby", "time": "datetime",
    "address": "dir", "s": "hidden class title", "h2": "id class title",
}  # fmt: skip
# What lists of products and the help page have besides, in one form of their own, and the history
# of a price.
NARROW = {
    "form": "class action role aria-label", "details": "class", "summary": "", "fieldset": "", "legend": "",
    "input": "type name value id inputmode autocomplete size checked", "label": "class for",
    "select": "id name", "option": "value selected", "ul": "class aria-label", "a": "href class rel title",
    "p": "class dir role id hidden", "nav": "class aria-label", "span": "class aria-hidden", "ol": "class start",
    "section": "class aria-labelledby", "h2": "id class title", "div": "class dir role aria-hidden",
    "button": "type class data-chat-open", "figure": "", "figcaption": "", "path": "class d",
    "svg": "class viewBox aria-hidden focusable preserveAspectRatio", "mark": "class title", "bdi": "class dir title",
}  # fmt: skip
STRAY = """() => [...document.querySelectorAll("main :is(form,fieldset,input,label,select,option)")]
  .filter((node) => !node.matches(":is(.picker, .narrow, .ask-help), :is(.picker, .narrow, .ask-help) *")).map((node) => node.outerHTML.slice(0, 200))
  .concat([...document.querySelectorAll("main form")].slice(1).map((node) => node.outerHTML))"""
# What the sanitiser leaves of the shop's own markup, none of which runs or fetches anything.
PROSE = SHOP | dict.fromkeys(
    "abbr b bdi bdo blockquote br caption center cite code dd del details dfn dl dt em h1 h2 h3 h4 h5"
    " h6 hr i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td th"
    " thead tr tt u ul var wbr div article header footer nav aside".split(), "class title",
) | {"a": "href rel title", "ol": "start", "div": SHOP["div"], "p": "class", "button": SHOP["button"],
     "section": "class", "th": "scope", "td": "", "article": "class", "ul": "class", "svg": SHOP["svg"], "use": "href"}  # fmt: skip


def together(*some: dict[str, str]) -> dict[str, str]:
    """What any of them allows."""
    names = {name: None for allowed in some for name in allowed}
    return {name: " ".join(allowed.get(name, "") for allowed in some) for name in names}


# Nodes under the selector that are none of the allowed ones, lead elsewhere or name a scheme.
UNSAFE = """([selector, allowed, abroad]) => {
  const found = [];
  const away = (value) => !/^https?:$|^mailto:$|^tel:$/.test(new URL(value, location).protocol)
    || (!abroad && new URL(value, location).origin !== location.origin);
  for (const node of document.querySelectorAll(`:is(${selector}) *`)) {
    const known = allowed[node.localName]?.split(" ");
    if (!known) found.push(`<${node.localName}>`);
    for (const { name, value } of known ? node.attributes : []) {
      if (!known.includes(name)) found.push(`<${node.localName} ${name}>`);
      if (/^(href|src|action)$/.test(name) && away(value)) found.push(`${name}=${value}`);
    }
  }
  return found;
}"""
# What no page of the site has, wherever in it.
RUNNING = """() => [...document.querySelectorAll("*")].flatMap((node) => {
  const names = node.getAttributeNames().filter((name) => /^on|^srcdoc$|^formaction$/i.test(name));
  const own = (value) => new URL(value || "", location).origin === location.origin;
  const bad = /^(iframe|object|embed|base|frame|portal)$/.test(node.localName)
    || (node.localName === "script" && (!node.src || !own(node.src)) && !/json/.test(node.type))
    || (node.localName === "link" && !own(node.href)) || node.httpEquiv
    || (node.localName === "form" && !own(node.getAttribute("action")))
    || (node.matches("img,video,audio,source") && node.src && !own(node.src));
  return [...names, ...(bad ? [node.outerHTML.slice(0, 200)] : [])];
})"""
SHOWN = "(selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent)"
# The shapes of rows that differ in nothing but their texts: one shape where all is well.
SHAPES = """(selector) => {
  const shape = (node) => `${node.localName}[${node.getAttributeNames().sort()}]`
    + `(${[...node.children].map(shape).join("")})`;
  return [...new Set([...document.querySelectorAll(selector)].map(shape))];
}"""
WIDE = """(selector) => [...document.querySelectorAll(selector)]
  .filter((node) => node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.className} ${node.scrollWidth} > ${node.clientWidth}`)"""
REPORT = """addEventListener("securitypolicyviolation", (event) =>
  window.fault(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""


class Watch:
    """Keeps what a page does that no text may make it do."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home, self.faults = page, home, []
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url.replace("ws", "http", 1)))
        page.on("popup", lambda popup: self.faults.append(f"opened {popup.url}"))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.expose_function("fault", lambda told: self.faults.append(told))
        page.add_init_script(REPORT)

    def _dialog(self, dialog: object) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.home}/", "data:")):
            self.faults.append(f"asked for {url}")

    def unsafe(self, selector: str, allowed: dict[str, str], abroad: bool = False) -> list[str]:
        """Everything that is wrong with the page now; `abroad`: links may lead elsewhere."""
        nodes = self.page.evaluate(UNSAFE, [selector, allowed, abroad])
        run = ["window.pwned"] if self.page.evaluate("'pwned' in window") else []
        return [*nodes, *self.page.evaluate(RUNNING), *run, *self.faults]
