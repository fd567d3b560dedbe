/** A card number in a plain text field: Enter opens it with all of it selected, Enter keeps it, A approves. */
import { openPeerWindow } from './peer-window';

const PAGE = `<input id="number" readonly>
<script>
  window.keys = 0;
  const field = document.querySelector('#number');
  addEventListener('keydown', (event) => {
    window.keys += event.isTrusted ? 1 : 0;
    if (event.key === 'Enter') {
      event.preventDefault();
      field.readOnly = !field.readOnly;
      if (field.readOnly) field.blur();
      else { field.focus(); field.select(); }
    } else if (event.key === 'a' && field.readOnly) window.approved = field.value;
  });
</script>`;

export interface PlainField {
  /** Keys that were pressed until the right number was approved. */
  keysFor(value: string, real: string): Promise<number>;
  close(): Promise<void>;
}

/** From the nearer end to a single wrong digit, or the whole number anew, whichever is shorter. */
function shortestKeys(value: string, real: string): readonly string[] {
  const anew = [...real];
  const wrong = [...real].flatMap((digit, at) => (digit === value[at] ? [] : [at]));
  const [at, ...more] = wrong;
  if (value.length !== real.length || at === undefined || more.length > 0) return anew;
  const digit = real[at] ?? '';
  const last = real.length - 1;
  const fromLeft = ['ArrowLeft', ...Array.from({ length: at }, () => 'ArrowRight'), 'Delete', digit];
  const fromRight = [
    'ArrowRight',
    ...Array.from({ length: last - at }, () => 'ArrowLeft'),
    'Backspace',
    digit,
  ];
  return [fromLeft, fromRight, anew].reduce((best, way) => (way.length < best.length ? way : best));
}

export async function openPlainField(): Promise<PlainField> {
  const { page, close } = await openPeerWindow(PAGE);
  return {
    async keysFor(value, real) {
      await page.evaluate((start) => {
        const field = document.querySelector<HTMLInputElement>('#number');
        if (field) field.value = start;
        Object.assign(window, { keys: 0, approved: undefined });
      }, value);
      for (const key of ['Enter', ...shortestKeys(value, real), 'Enter', 'a']) await page.keyboard.press(key);
      const { keys, approved } = await page.evaluate(() => {
        const { keys: pressed, approved: kept } = window as unknown as { keys: number; approved?: string };
        return { keys: pressed, approved: kept };
      });
      if (approved !== real)
        throw new Error('Expected the plain field to hold the right number; it holds another');
      return keys;
    },
    close,
  };
}
