/** Typing the start of a name in a list: letters that follow each other quickly belong together. */
const PAUSE_MS = 800;

/** Answers the position of the name that is meant, if there is one. The same letter again goes to the next such name. */
export function createTypeAhead() {
  let typed = '';
  let typedAt = Number.NEGATIVE_INFINITY;

  return (letter: string, names: readonly string[], at: number, now: number): number | undefined => {
    typed = now - typedAt > PAUSE_MS ? letter : typed + letter;
    typedAt = now;
    const repeated = [...typed].every((one) => one === letter);
    const start = (repeated ? letter : typed).toLowerCase();
    const from = repeated ? at + 1 : Math.max(at, 0);
    for (let step = 0; step < names.length; step++) {
      const index = (from + step) % names.length;
      if (names[index]?.toLowerCase().startsWith(start)) return index;
    }
    return undefined;
  };
}
