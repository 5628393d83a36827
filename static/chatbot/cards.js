// Cards beside a reply: a product with its picture, an order, an article; each leads to its page.
import { element } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = {
  order: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  article: "M6 3h9l4 4v14H6zM9 10h7M9 14h7M9 18h4",
  sign_in: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-6 8-6s7 1 8 6",
};

function drawing(tag, attributes) {
  const part = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
  return part;
}

// What is drawn stands beside words that say the same.
function drawn(viewBox, part) {
  const box = drawing("svg", { viewBox, "aria-hidden": "true", class: "chat-card-picture" });
  box.append(part);
  return box;
}

/** A photo or a drawing of this site's, or a sign of what sort of page it is. */
function picture({ kind, picture: href }, ownPath) {
  if (!href || !ownPath(href)) return DRAWN[kind] && drawn("0 0 24 24", drawing("path", { d: DRAWN[kind] }));
  if (href.includes(".svg#")) return drawn("0 0 120 90", drawing("use", { href }));
  const photo = element("img", "chat-card-picture");
  Object.assign(photo, { src: href, alt: "", loading: "lazy" });
  return photo;
}

export function card(frame, ownPath) {
  const link = element("a", `chat-card chat-card-${frame.kind}`);
  link.href = frame.href;
  const title = element("strong");
  title.append(element("bdi", "", frame.title)); // "#1163" reads so in any direction
  link.append(...[picture(frame, ownPath)].filter(Boolean), title);
  link.append(element("span", "", frame.text));
  return link;
}
