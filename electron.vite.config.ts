import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const at = (file: string) => path.resolve(import.meta.dirname, file);

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rollupOptions: {
        // Dependencies stay in node_modules; optional ones are not left out by themselves.
        external: ['keytar'],
        // One application with several doors: the window, the command line, the emulator, and the engine's own process.
        input: {
          index: at('src/main/index.ts'),
          headless: at('src/main/headless.ts'),
          emulator: at('src/emulator/index.ts'),
          'engine-worker': at('src/adapters/local-engine/worker.ts'),
          'picture-worker': at('src/adapters/images/picture-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
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
    plugins: [vue()],
    build: { rollupOptions: { input: at('src/renderer/index.html') }, target: 'chrome130' },
  },
});
