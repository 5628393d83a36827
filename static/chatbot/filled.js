// Words of ours with a value of somebody's in them. A function, for "$&" in a name is no pattern of
// ours. Between words that are written from the right, the value stands apart.
export const filled = (words, name, value) => {
  const apart = document.documentElement.dir === "rtl" ? `\u2068${value}\u2069` : value;
  return words.replace(`{${name}}`, () => apart);
};
