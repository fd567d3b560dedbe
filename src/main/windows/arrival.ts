/** Follows what the page asks for and what has arrived there, by kind, until nothing is under way and a script is there. */
export function allArrived(done: () => void): { asked(): void; arrived(kind: string): boolean } {
  let underWay = 0;
  let hasScript = false;
  return {
    asked: () => void underWay++,
    arrived(kind) {
      underWay--;
      hasScript ||= kind === 'script';
      const whole = hasScript && underWay === 0;
      if (whole) done();
      return whole;
    },
  };
}
