// How a page gets at its socket. The shop's own pages come in by their session; a frame on a foreign
// site, which has none, puts its own way here before the line connects.
const PATIENCE = 15000; // ms
const { title } = document;

export const entry = {
  /** Ask for a socket; what comes back may hold a token for its first frame and a conversation. */
  async ask(start, csrf) {
    const headers = { "X-CSRFToken": csrf };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(start, { method: "POST", headers, credentials: "same-origin", signal });
    return answer.json();
  },
  /** What a request of ours carries to say who sends it. */
  async signs(csrf) {
    return { "X-CSRFToken": csrf };
  },
  /** So much has come that nobody has seen; a page of the shop says so on its button and its tab. */
  unread(count) {
    const by = (id) => document.getElementById(`chat-${id}`);
    by("unread").hidden = !count;
    by("unread").textContent = count || "";
    by("unread-told").textContent = count ? by("words").dataset.unread.replace("{n}", count) : "";
    document.title = count ? `(${count}) ${title}` : title;
  },
  /** Every frame that the line hears, before the panel does. */
  heard() {},
  /** Come in anew, perhaps as somebody else; set by the line once there is one. */
  renew() {},
};
