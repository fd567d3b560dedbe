/**
 * Two projects. `core`: quick tests that need neither Electron nor a database, an engine or a picture library; after a change of
 * one file `npx vitest related --run --project core src/core/views/views.ts` answers in a second or two. `rest`: whatever takes
 * longer. `npx vitest run` runs both.
 */
import { defineConfig } from 'vitest/config';

const QUICK = ['src/{core,shared}/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'core', include: QUICK } },
      {
        test: {
          name: 'rest',
          include: ['src/**/*.test.ts', 'test/{integration,contract,exploit}/**/*.test.ts'],
          exclude: QUICK,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
