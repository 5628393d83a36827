// How a page gets at its socket. The shop's own pages come in by their session; a frame on a foreign
// site, which has none, puts its own way here before the line connects.
export const entry = {
  /** Ask for a socket; what comes back may hold a token for its first frame and a conversation. */
  async ask(start, csrf) {
    const headers = { "X-CSRFToken": csrf };
    const answer = await fetch(start, { method: "POST", headers, credentials: "same-origin" });
    return answer.json();
  },
  /** Every frame that the line hears, before the panel does. */
  heard() {},
  /** Come in anew, perhaps as somebody else; set by the line once there is one. */
  renew() {},
};
