// The loader: draws the button on the site's page and, once it is pressed, the panel in a frame of
// ours. The server calls it with its styles and words. It needs no library, makes nothing of text,
// and asks for nothing before the panel is wanted.
({ css, words }) => {
  const script = document.currentScript ?? document.querySelector("script[data-shop]");
  const asked = script.dataset;
  const HOME = new URL(script.src, location.href).origin;
  const VERSION = 1; // of the messages between this page and the frame
  const PATIENCE = 10_000; // ms until a frame that says nothing is given up
  const KEPT = `counterfoil-${asked.shop}`;
  const NAMES = ["open", "close", "toggle", "on", "identify", "page", "shutdown"];
  const phone = matchMedia("(max-width: 480px)");
  const listeners = new Map();
  const hello = {}; // what the frame is told first
  const said = words[(asked.lang || document.documentElement.lang || navigator.language).slice(0, 2)] ?? words.en;
  let host, shadow, button, badge, frame, heard, late, sealed = [];
  let visible = false, ready = false, begun = false;

  const api = {
    version: VERSION,
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!visible),
    on(event, callback) {
      listeners.set(event, [...(listeners.get(event) ?? []), callback]);
      if (event === "ready" && begun) callback({});
    },
    identify(token) {
      if (token === null) return forget();
      if (!tell("identify", { token })) hello.identity = token;
    },
    page(about) {
      hello.page = String(about?.product ?? "");
      tell("page", { page: hello.page });
    },
    shutdown() {
      forget();
      show(false);
      host.hidden = true;
      setTimeout(remove, ready ? 500 : PATIENCE); // the frame forgets first
      window.Counterfoil = [];
    },
    push: (...calls) => calls.forEach(([name, ...values]) => NAMES.includes(name) && api[name](...values)),
  };

  function emit(event, detail = {}) {
    for (const callback of listeners.get(event) ?? []) {
      try {
        callback(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }

  function make(tag, parent, attributes = {}, text) {
    const node = /^(svg|path)$/.test(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text) node.textContent = text;
    parent.append(node);
    return node;
  }

  function draw() {
    host = make("div", document.body, { id: "counterfoil", role: "region", "aria-label": said.chat });
    host.dir = getComputedStyle(document.documentElement).direction;
    shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    button = make("button", shadow, { type: "button", "aria-expanded": "false" });
    const icon = make("svg", button, { viewBox: "0 0 24 24", "aria-hidden": "true" });
    make("path", icon, { d: "M4 5h16v11H9l-5 4z" });
    make("span", button, {}, said.ask);
    badge = make("b", button, { hidden: "" });
    heard = make("p", shadow, { role: "status" });
    button.onclick = api.toggle;
    host.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
    look({});
  }

  // Black or white, whichever stands out more (WCAG's relative luminance).
  function on(color) {
    const part = (at) => {
      const value = parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.179 ? "#000" : "#fff";
  }

  // What the tag says goes before what the admin says, which is known once the frame is there.
  function look(told) {
    const colors = [asked.color, told.color, "#12625a"];
    const color = colors.find((value) => /^#[0-9a-f]{6}$/i.test(value));
    hello.color = color;
    host.style.setProperty("--color", color);
    host.style.setProperty("--on", on(color));
    host.dataset.position = asked.position ?? told.position ?? "";
  }

  function relook() {
    look({});
    if (ready) greet();
  }

  function load() {
    if (frame) return;
    const query = new URLSearchParams({ shop: asked.shop, lang: asked.lang ?? document.documentElement.lang });
    frame = make("iframe", shadow, { id: "frame", title: said.chat, allow: "clipboard-write", hidden: "" });
    button.setAttribute("aria-controls", "frame");
    frame.onload = greet;
    frame.src = `${HOME}/widget/panel/?${query}`;
    late = setTimeout(giveUp, PATIENCE);
  }

  function greet() {
    const { color, ...rest } = hello;
    tell("hello", { ...rest, color: asked.color ? color : "", open: visible, resume: stored() }, true);
    delete hello.identity;
    delete hello.forget;
  }

  // A page whose origin is not allowed gets no frame to talk to.
  function giveUp() {
    console.warn(`Counterfoil: the chat does not answer. Is ${location.origin} among the allowed origins of ${asked.shop}?`);
    show(false);
    emit("error", { code: "unanswered" });
  }

  function tell(type, more = {}, first = false) {
    if (!ready && !first) return false;
    frame.contentWindow?.postMessage({ counterfoil: VERSION, type, ...more }, HOME);
    return true;
  }

  function hear({ source, origin, data }) {
    if (!frame || source !== frame.contentWindow || origin !== HOME || data?.counterfoil !== VERSION) return;
    if (data.type === "ready") {
      ready = true;
      clearTimeout(late);
      look(data);
      if (hello.identity || hello.forget || data.open !== visible) greet(); // it changed meanwhile
    } else if (data.type === "closed") show(false);
    else if (data.type === "keep") store(data.resume);
    else if (data.type === "unread") unread(data.count);
    else if (data.type === "message") emit("message", { from: data.from });
    else if (data.type === "identity") emit("identity", { state: data.state });
  }

  function show(wanted) {
    if (wanted === visible) return;
    visible = wanted;
    if (wanted) load();
    const within = shadow.activeElement;
    frame.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    host.toggleAttribute("data-open", wanted);
    cover(wanted && phone.matches);
    tell(wanted ? "open" : "close");
    if (wanted) frame.focus();
    else if (within) button.focus();
    if (wanted) unread(0);
    emit(wanted ? "open" : "close");
  }

  // On a phone the panel covers the page: nothing behind it can be reached or scrolled.
  function cover(covers) {
    sealed.forEach((node) => (node.inert = false));
    sealed = covers ? [...document.body.children].filter((node) => node !== host && !node.inert) : [];
    sealed.forEach((node) => (node.inert = true));
    document.documentElement.style.overflow = covers ? "hidden" : "";
    fit();
  }

  // The keyboard of a phone takes room from the page without telling its layout.
  function fit() {
    const view = visualViewport;
    if (!frame || !view) return;
    frame.style.height = sealed.length ? `${view.height}px` : "";
    frame.style.top = sealed.length ? `${view.offsetTop}px` : "";
  }

  function unread(count) {
    if (String(count || "") === badge.textContent) return;
    badge.hidden = !count;
    badge.textContent = count || "";
    heard.textContent = count ? said.unread.replace("{n}", count) : "";
    emit("unread", { count });
  }

  // Only where the frame may not store anything itself; see chatbot/widget/__init__.py.
  function stored() {
    try {
      return localStorage.getItem(KEPT) ?? "";
    } catch {
      return "";
    }
  }

  function store(resume) {
    try {
      if (resume) localStorage.setItem(KEPT, resume);
      else localStorage.removeItem(KEPT);
    } catch {
      // then the conversation ends with the page
    }
  }

  function forget() {
    store("");
    delete hello.identity;
    if (tell("forget")) return;
    hello.forget = true;
    load();
  }

  function remove() {
    removeEventListener("message", hear);
    visualViewport?.removeEventListener("resize", fit);
    clearTimeout(late);
    host.remove();
  }

  function begin() {
    if (window.Counterfoil?.version) return; // another tag was first
    const queue = window.Counterfoil ?? [];
    window.Counterfoil = api;
    addEventListener("message", hear);
    visualViewport?.addEventListener("resize", fit);
    draw();
    new MutationObserver(relook).observe(script, { attributes: true });
    api.push(...queue);
    begun = true;
    emit("ready");
    if (asked.open === "true") show(true);
    else if (asked.load === "idle") (window.requestIdleCallback ?? setTimeout)(load);
  }

  window.Counterfoil ??= [];
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
};
