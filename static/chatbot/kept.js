// What a tab remembers; where the browser refuses that, as long as the page lives. A frame on a
// foreign site keeps its things apart from those of the shop's own pages.
const prefix = document.body.dataset.shop ?? "";
const memory = new Map();

function storage() {
  try {
    return sessionStorage;
  } catch {
    return null; // a frame whose site may not store anything
  }
}

const tab = storage();

export const kept = {
  getItem: (name) => (tab ? tab.getItem(prefix + name) : (memory.get(name) ?? null)),
  setItem: (name, value) => (tab ? tab.setItem(prefix + name, value) : memory.set(name, value)),
  removeItem: (name) => (tab ? tab.removeItem(prefix + name) : memory.delete(name)),
};
