/** What Debian's package manager knows: who needs whom, and whose file is whose. Read from its own text files. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const STATUS = '/var/lib/dpkg/status';
const LISTS = '/var/lib/dpkg/info';

/** Other systems that have dpkg name and cut their packages otherwise. */
export function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release') || !existsSync(STATUS)) return false;
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** `a (>= 1) | b, c:any` as [[a, b], [c]]. */
function alternatives(text = '') {
  return text
    .split(',')
    .map((one) => one.split('|').map((name) => name.trim().split(/[\s(:]/)[0] ?? ''))
    .filter(([first]) => first);
}

/** The packages that are installed: name to what it needs and provides. */
export function installedPackages() {
  const packages = new Map();
  for (const paragraph of readFileSync(STATUS, 'utf8').split('\n\n')) {
    const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
    const name = field('Package');
    if (!name || !field('Status')?.endsWith(' installed')) continue;
    packages.set(name, {
      name,
      architecture: field('Architecture') ?? '',
      minimal: field('Essential') === 'yes' || field('Priority') === 'required' || name === 'apt',
      needs: [...alternatives(field('Pre-Depends')), ...alternatives(field('Depends'))],
      provides: alternatives(field('Provides')).map(([first]) => first),
    });
  }
  return packages;
}

/** Either name serves where Debian renamed a package for 64-bit time. */
export const installedName = (packages, name) => (packages.has(name) ? name : `${name}t64`);

/** All that is there when `names` were installed on a minimal Debian, recommendations left out. */
export function closureOf(packages, names) {
  const providers = new Map();
  for (const { name, provides } of packages.values())
    for (const provided of provides) providers.set(provided, [...(providers.get(provided) ?? []), name]);
  const found = new Set();
  const waiting = [
    ...names,
    ...[...packages.values()].filter(({ minimal }) => minimal).map(({ name }) => name),
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next) || !packages.has(next)) continue;
    found.add(next);
    for (const choice of packages.get(next).needs) {
      // The first that is here, as apt takes it; a virtual package by the first that provides it.
      const here = choice.find((name) => packages.has(name));
      const provider = choice.flatMap((name) => providers.get(name) ?? [])[0];
      if (here ?? provider) waiting.push(here ?? provider);
    }
  }
  return found;
}

/** One name for what each Debian release and processor calls otherwise: numbers, the architecture, /lib for /usr/lib. */
export function timeless(file) {
  return file
    .replace(/^\/(lib|lib64|bin|sbin)(?=\/)/, '/usr/$1')
    .replace(/(?:x86[_-]64|aarch64|arm|i386|riscv64|powerpc64le|s390x)-linux-gnu[a-z]*/g, 'ARCH')
    .replace(/\d+(?:\.\d+)*/g, '#');
}

/** libasound2t64 of Debian 13 is libasound2 of Debian 12. */
export const timelessPackage = (name) => timeless(name.replace(/t64$/, ''));

export function filesOf(packages, name) {
  const { architecture } = packages.get(name);
  const list = [`${name}.list`, `${name}:${architecture}.list`]
    .map((file) => path.join(LISTS, file))
    .find((file) => existsSync(file));
  return list ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [];
}
