// Who has the inbox open in another tab still learns that somebody asks for a person: by the title of
// the page, and by a tone once that is switched on. The list itself is kept up to date by the desk.
const KEY = "inbox-sound";
const NOTES = [660, 880]; // Hz
const LASTS = 0.14; // seconds, each
const plain = document.title;
const line = document.getElementById("cf-waiting");
const spoken = document.getElementById("cf-spoken");
const button = document.getElementById("cf-sound");
let known = waiting();
let audio;

function waiting() {
  return new Set([...line.querySelectorAll("a.cf-row")].map((row) => row.href));
}

function stored() {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function store(on) {
  try {
    on ? localStorage.setItem(KEY, "on") : localStorage.removeItem(KEY);
  } catch {
    // it lasts as long as the page
  }
}

function show() {
  document.title = known.size ? `(${known.size}) ${plain}` : plain;
}

function changed() {
  const now = waiting();
  const grown = [...now].some((row) => !known.has(row));
  known = now;
  show();
  if (!grown) return;
  spoken.textContent = now.size === 1 ? spoken.dataset.one : spoken.dataset.many.replace("{n}", now.size);
  if (on()) sound();
}

function on() {
  return button.getAttribute("aria-pressed") === "true";
}

function turn(to) {
  button.setAttribute("aria-pressed", String(to));
  store(to);
}

/** Two short notes, quiet at both ends; a page that nobody has touched yet stays silent. */
function sound() {
  audio ??= new AudioContext();
  audio.resume();
  NOTES.forEach((hertz, place) => note(hertz, audio.currentTime + place * LASTS));
}

function note(hertz, start) {
  const tone = audio.createOscillator();
  const loud = audio.createGain();
  tone.frequency.value = hertz;
  loud.gain.setValueAtTime(0, start);
  loud.gain.linearRampToValueAtTime(0.2, start + LASTS / 4);
  loud.gain.linearRampToValueAtTime(0, start + LASTS);
  tone.connect(loud).connect(audio.destination);
  tone.start(start);
  tone.stop(start + LASTS);
}

button.addEventListener("click", () => {
  turn(!on());
  if (on()) sound(); // so that it is known, and allowed from now on
});
turn(stored());
show();
new MutationObserver(changed).observe(line, { childList: true, subtree: true });
