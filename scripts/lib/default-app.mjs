/**
 * Stands in for the default_app.asar of an Electron release: `electron [-r FILE] APP [arguments]`.
 * Only used with the Electron that comes from the package registry, whose package left it out.
 * A module, because Electron waits for the whole of a module before it is ready, and so for the application's.
 */
import { app } from 'electron';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const words = process.argv.slice(1);
let target;
for (let at = 0; at < words.length && !target; at++) {
  if (words[at] === '-r' || words[at] === '--require') require(path.resolve(words[++at]));
  else if (!words[at].startsWith('-')) target = path.resolve(words[at]);
}
if (!target) {
  process.stderr.write('Expected the folder of an application as the first argument\n');
  process.exit(1);
}
let entry = target;
if (fs.statSync(target).isDirectory()) {
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  app.setName(manifest.productName || manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(target);
  entry = path.join(target, manifest.main || 'index.js');
}
await import(pathToFileURL(entry).href);
