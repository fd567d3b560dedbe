/** Files that were dropped on the window: preload gives their paths, the page gets a token for them and never a path. */
export interface Drops {
  /** Answers the token that stands for these paths in the window. */
  keep(paths: readonly string[]): string;
  /** The paths behind a token; each token works once. */
  take(token: string): readonly string[] | undefined;
}

export function createDrops(): Drops {
  const dropped = new Map<string, readonly string[]>();
  return {
    keep(paths) {
      const token = crypto.randomUUID();
      // A drop is taken up at once; older tokens were given up.
      dropped.clear();
      dropped.set(token, paths);
      return token;
    },
    take(token) {
      const paths = dropped.get(token);
      dropped.delete(token);
      return paths;
    },
  };
}
