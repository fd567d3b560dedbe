/**
 * The faces that specimens are set in, from exact versions of packages of the registry, and the documents that may use
 * them. What a machine has installed is not seen: a face that is missing here is an error, never another face.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const packages = createRequire(import.meta.url);
/** The folder of a package's file, and the files that make up its faces. */
const FOLDERS = [
  folderOf('@expo-google-fonts/arimo/package.json', '.', [
    '400Regular/Arimo_400Regular.ttf',
    '400Regular_Italic/Arimo_400Regular_Italic.ttf',
    '700Bold/Arimo_700Bold.ttf',
    '700Bold_Italic/Arimo_700Bold_Italic.ttf',
  ]),
  folderOf('@expo-google-fonts/cousine/package.json', '.', [
    '400Regular/Cousine_400Regular.ttf',
    '700Bold/Cousine_700Bold.ttf',
  ]),
  folderOf('dejavu-fonts-ttf/package.json', 'ttf', [
    'DejaVuSans.ttf',
    'DejaVuSans-Bold.ttf',
    'DejaVuSans-ExtraLight.ttf',
    'DejaVuSansCondensed.ttf',
    'DejaVuSansMono.ttf',
    'DejaVuSansMono-Bold.ttf',
    'DejaVuSerif.ttf',
    'DejaVuSerif-Italic.ttf',
  ]),
  folderOf('@embedpdf/fonts-sc', '../fonts', ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf']),
];

/** Family names as the files call themselves; Arimo and Cousine have the outlines of Liberation Sans and Mono. */
export const FACES = [
  'Arimo',
  'Cousine',
  'DejaVu Sans',
  'DejaVu Sans Condensed',
  'DejaVu Sans Light',
  'DejaVu Sans Mono',
  'DejaVu Serif',
  'Noto Sans S Chinese',
] as const;

function folderOf(known: string, folder: string, files: readonly string[]) {
  return { path: path.join(path.dirname(packages.resolve(known)), folder), files };
}

/** An SVG document of this size. Every family that it names must be one of ours, and text must name one. */
export function svg(width: number, height: number, content: string, attributes = ''): Buffer {
  useOurFontsOnly();
  const families = [...content.matchAll(/font-family\s*[=:]\s*(["'])(.*?)\1/g)].flatMap((found) =>
    (found[2] ?? '').split(',').map((name) => name.trim()),
  );
  const strange = families.find((name) => !FACES.some((face) => face === name));
  if (strange !== undefined)
    throw new Error(`Expected one of ${FACES.join(', ')} but received the face ${strange}`);
  if (/<text\b/.test(content) && families.length === 0)
    throw new Error('Expected text to name its face but received none');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${attributes}>${content}</svg>`,
  );
}

let told = false;

/** Before the first letter is drawn: the library behind sharp asks its environment once, and looks at fonts only then. */
function useOurFontsOnly(): void {
  if (told) return;
  if (!isMainThread)
    throw new Error('Expected a process of its own: a thread cannot tell the library its fonts');
  const files = FOLDERS.flatMap((folder) => folder.files.map((file) => path.join(folder.path, file)));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new Error(`Expected the font ${path.basename(missing)}, but it is not there`);
  const folder = fileURLToPath(new URL('../../node_modules/.cache/cardproof/fonts', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'fonts.conf');
  const lines = [
    '<?xml version="1.0"?>',
    '<fontconfig>',
    ...FOLDERS.map((folder) => `<dir>${folder.path}</dir>`),
    `<cachedir>${folder}</cachedir>`,
    '</fontconfig>',
  ];
  writeFileSync(config, lines.join('\n'));
  process.env['FONTCONFIG_FILE'] = config;
  // macOS and Windows draw text by other means unless told.
  process.env['PANGOCAIRO_BACKEND'] = 'fontconfig';
  told = true;
}
