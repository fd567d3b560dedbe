/**
 * Stands in for the default_app.asar of an Electron release: `electron [-r FILE] APP [arguments]`.
 * Only used with the Electron that comes from the package registry, whose package left it out.
 */
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const words = process.argv.slice(1);
let target;
for (let at = 0; at < words.length && !target; at++) {
  if (words[at] === '-r' || words[at] === '--require') Module._load(words[++at], null, false);
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
import(pathToFileURL(entry).href).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
