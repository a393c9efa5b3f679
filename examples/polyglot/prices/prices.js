// What things cost, in cents.
const known = new Map([
  ["tea", 250n],
  ["cake", 420n],
  ["café ☕", 310n],
]);

export const prices = {
  price(item) {
    return known.get(item);
  },
};
