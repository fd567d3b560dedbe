/** The demonstration in a plain browser: `npm run dev -- --demo`. Its own entry, so that nothing of it is in what is shipped. */
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const at = (file: string) => path.resolve(import.meta.dirname, file);

export default defineConfig({
  root: at('src/demo'),
  plugins: [vue()],
  server: { host: '127.0.0.1', port: 5174, fs: { allow: [at('.')] } },
  build: { outDir: at('node_modules/.cache/cardproof/demo'), emptyOutDir: true, target: 'chrome130' },
});
