import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (file: string) => path.resolve(import.meta.dirname, file);

/** Notes which packages' code is in what was bundled, for scripts/lib/notices.mjs. */
function noteBundled(part: string): Plugin {
  return {
    name: 'note-bundled',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
      const names = modules.flatMap(
        (id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1] ?? [],
      );
      const folder = at('node_modules/.cache/cardproof');
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `bundled-${part}.json`), JSON.stringify([...new Set(names)].sort()));
    },
  };
}

const DEVELOPMENT_PORT = 5173;

export default defineConfig({
  main: {
    plugins: [noteBundled('main')],
    build: {
      target: 'node20',
      // The start waits for these: one file is read sooner than the hundred of which zod is made, or the nine of noble.
      externalizeDeps: { exclude: ['@noble/hashes', 'zod'] },
      rollupOptions: {
        // Dependencies stay in node_modules; optional ones are not left out by themselves.
        external: ['keytar'],
        // One application with several doors: the window, the command line, the emulator, and the engine's own process.
        input: {
          index: at('src/main/index.ts'),
          headless: at('src/main/headless.ts'),
          emulator: at('src/emulator/index.ts'),
          'engine-worker': at('src/adapters/local-engine/worker.ts'),
          'stretch-worker': at('src/adapters/scrypt/worker.ts'),
          'picture-worker': at('src/adapters/images/picture-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [noteBundled('preload')],
    build: {
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload is a single CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [vue(), noteBundled('renderer')],
    // For `npm run dev`: the page has the address app://cardproof, from which it cannot tell where the server is.
    server: {
      host: '127.0.0.1',
      port: DEVELOPMENT_PORT,
      strictPort: true,
      hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: DEVELOPMENT_PORT },
    },
    build: {
      rollupOptions: { input: at('src/renderer/index.html') },
      target: 'chrome130',
      // Half of it is not to be read from the archive, handed over and parsed.
      minify: true,
    },
  },
});
